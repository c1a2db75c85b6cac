import { type Mechanism, MechanismSchema, mechanisms } from '#domain/mechanism.ts';
import type { ModelBudget } from '#domain/model-settings.ts';
import type { RunInput } from '#domain/run.ts';

/** How mechanisms are called where people choose one. */
export const mechanismTitles: Readonly<Record<Mechanism, string>> = {
  rules: 'Tested rewrites',
  hybrid: 'Rewrites, then a model',
  promsec: 'PromSec',
  safecoder: 'SafeCoder',
  'promsec+safecoder': 'PromSec on SafeCoder',
  findings: 'Findings only',
  'describe-and-rewrite': 'Describe and rewrite',
};

/** What most people choose between; the others are for comparisons. */
const COMMON: readonly Mechanism[] = ['rules', 'hybrid', 'promsec'];

/** The mechanisms that are offered: the common ones and the one chosen, or all of them. */
export function offeredMechanisms(chosen: Mechanism, showsAll: boolean): Mechanism[] {
  const others = MechanismSchema.options.filter((name) => !COMMON.includes(name));
  return [...COMMON, ...others.filter((name) => showsAll || name === chosen)];
}

/** What a mechanism does, as a sentence. */
export function doesWhat(mechanism: Mechanism): string {
  const { summary } = mechanisms[mechanism];
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** Whether a model is asked for anything. */
export function asksModel(mechanism: Mechanism, input: RunInput): boolean {
  return mechanisms[mechanism].repair !== null || input === 'prompt';
}

/** What a mechanism needs to work, as a sentence. */
export function needsWhat(mechanism: Mechanism, input: RunInput): string {
  const { generatesWith, repair, repairsWith } = mechanisms[mechanism];
  const roles = new Set([...(input === 'prompt' ? [generatesWith] : []), ...(repair ? [repairsWith] : [])]);
  if (roles.size === 0) return 'Needs nothing else.';
  const names = [...roles].map((role) =>
    role === 'general' ? 'a general model' : 'a model tuned for secure code',
  );
  return `Needs ${names.join(' and ')}.`;
}

/** What a run may cost at most, as a sentence. */
export function mayCost(mechanism: Mechanism, input: RunInput, budget: ModelBudget): string {
  if (!asksModel(mechanism, input)) return 'Costs nothing: no model is called.';
  const limit = `at most ${budget.maxCalls} calls and ${budget.maxTokens.toLocaleString('en-US')} tokens`;
  if (budget.maxCostUsd === null) return `Costs what the model costs, ${limit}.`;
  return `Costs at most $${budget.maxCostUsd}, ${limit}.`;
}
