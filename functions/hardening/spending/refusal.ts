import type { Spent, Tokens } from '#domain/model-call.ts';
import type { ModelBudget } from '#domain/model-settings.ts';

/** Which limit of the budget a call would pass, and a sentence that says so to a person. */
export type Refusal = { refused: 'calls' | 'tokens' | 'cost'; message: string };

/** The most that a call may take. */
type Wanted = { model: string; tokens: Tokens; costUsd: number | null };

/** Why a call may not be made, or null where it may. */
export function refusalOf(wanted: Wanted, spent: Spent, budget: ModelBudget): Refusal | null {
  return (
    refusalOfCalls(spent, budget) ??
    refusalOfTokens(wanted, spent, budget) ??
    refusalOfCost(wanted, spent, budget)
  );
}

/** Why a model cannot be held to a budget in dollars. */
function unknownPriceMessage(model: string): string {
  return `The price of ${model} is not known, so it cannot be held to a budget in dollars: give none, or add its price to models/prices/models.json.`;
}

function refusalOfCalls({ calls }: Spent, { maxCalls }: ModelBudget): Refusal | null {
  if (calls < maxCalls) return null;
  return { refused: 'calls', message: `No more calls of models: the run may make ${maxCalls}.` };
}

function refusalOfTokens({ tokens }: Wanted, spent: Spent, { maxTokens }: ModelBudget): Refusal | null {
  const wanted = total(tokens);
  const left = maxTokens - total(spent.tokens);
  if (wanted <= left) return null;
  return {
    refused: 'tokens',
    message: `The next call may take ${wanted} tokens, and ${Math.max(0, left)} of ${maxTokens} are left.`,
  };
}

function refusalOfCost(
  { model, costUsd }: Wanted,
  spent: Spent,
  { maxCostUsd }: ModelBudget,
): Refusal | null {
  if (maxCostUsd === null) return null;
  if (costUsd === null) return { refused: 'cost', message: unknownPriceMessage(model) };
  if (spent.costUsd === null) {
    return {
      refused: 'cost',
      message: 'What the run has spent is not known, because a model had no known price.',
    };
  }
  if (spent.costUsd + costUsd <= maxCostUsd) return null;
  const left = Math.max(0, maxCostUsd - spent.costUsd);
  return {
    refused: 'cost',
    message: `The next call may cost ${dollars(costUsd)}, and ${dollars(left)} of ${dollars(maxCostUsd)} are left.`,
  };
}

function total({ prompt, completion }: Tokens): number {
  return prompt + completion;
}

/** Enough digits for the price of one call. */
function dollars(usd: number): string {
  return `$${usd.toFixed(6).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}
