import { idleCosts } from './idle-costs.ts';
import { type Cost, costOf, totalOf } from './prices.ts';
import { ONE_ITERATION, runCosts } from './run-costs.ts';
import type { Template } from './template.ts';

const RUNS = 1000;

/** What a stage costs, as Markdown: a month without a run, and a thousand runs. */
export function costTables(template: Template): string {
  const behavior: Cost = {
    what: 'Sealed environments, where programs are run',
    quantity: RUNS,
    price: 'tenantEnvironment',
  };
  return [
    table('A month in which nobody uses it', idleCosts(template)),
    '',
    table(`${RUNS.toLocaleString('en-US')} runs without a language model, one iteration each`, [
      ...runCosts(ONE_ITERATION, RUNS),
      behavior,
    ]),
  ].join('\n');
}

function table(title: string, costs: readonly Cost[]): string {
  return [
    `| ${title} | how many | USD, list price | USD, after what every account has free |`,
    '| --- | --: | --: | --: |',
    ...costs.map(
      (cost) =>
        `| ${cost.what} | ${count(cost.quantity)} | ${usd(costOf(cost, false))} | ${usd(costOf(cost, true))} |`,
    ),
    `| **together** | | **${usd(totalOf(costs, false))}** | **${usd(totalOf(costs, true))}** |`,
  ].join('\n');
}

function count(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Cents where there are any; below one, as many places as say something. */
function usd(amount: number | null): string {
  if (amount === null) return 'unknown';
  if (amount === 0) return '0';
  return amount >= 0.01 ? amount.toFixed(2) : amount.toFixed(4);
}
