import { z } from 'zod';
import { ModelRoleSchema } from './model-settings.ts';

/** Tokens of one call or of many. `estimated`: at least one server did not count, so we did. */
export const TokensSchema = z.object({
  prompt: z.int().min(0),
  completion: z.int().min(0),
  estimated: z.boolean(),
});
export type Tokens = z.infer<typeof TokensSchema>;

/** No tokens. */
export const noTokens: Tokens = { prompt: 0, completion: 0, estimated: false };

/**
 * One call of a model in a run's ledger. It is written as `reserved` with the most that it may cost before the
 * call, and settled with what it did cost after it; one that was never settled counts with its reservation.
 */
export const ModelCallSchema = z.object({
  number: z.int().min(1),
  step: z.enum(['Generate', 'Repair']),
  iteration: z.int().min(1),
  role: ModelRoleSchema,
  model: z.string(),
  status: z.enum(['reserved', 'answered', 'failed']),
  /** How the answer ended, or the name of the error; null while it is reserved. */
  outcome: z.string().max(200).nullable(),
  tokens: TokensSchema,
  /** Null where the price is unknown. */
  costUsd: z.number().min(0).nullable(),
  ms: z.number().min(0),
});
export type ModelCall = z.infer<typeof ModelCallSchema>;

/** Every call that a run made, in order. */
export const LedgerSchema = z.object({ calls: z.array(ModelCallSchema) });
export type Ledger = z.infer<typeof LedgerSchema>;

/** What a run has spent on models. */
export type Spent = { calls: number; tokens: Tokens; costUsd: number | null; ms: number };

/** What one step of a run has spent on models. */
export const StepSpendingSchema = z.object({
  step: ModelCallSchema.shape.step,
  calls: z.int().min(1),
  tokens: TokensSchema,
  /** Null where a price is unknown. */
  costUsd: z.number().min(0).nullable(),
  ms: z.number().min(0),
});
export type StepSpending = z.infer<typeof StepSpendingSchema>;

/** Sums a ledger up by step; steps that called no model are left out. */
export function spentBySteps({ calls }: Ledger): StepSpending[] {
  return ModelCallSchema.shape.step.options
    .map((step) => ({ step, ...spentBy({ calls: calls.filter((call) => call.step === step) }) }))
    .filter((spending) => spending.calls > 0);
}

/** Sums a ledger up. A price that is unknown for one call leaves the sum unknown. */
export function spentBy({ calls }: Ledger): Spent {
  return {
    calls: calls.length,
    ms: calls.reduce((sum, { ms }) => sum + ms, 0),
    tokens: calls.reduce(
      (sum, { tokens }) => ({
        prompt: sum.prompt + tokens.prompt,
        completion: sum.completion + tokens.completion,
        estimated: sum.estimated || tokens.estimated,
      }),
      noTokens,
    ),
    costUsd: calls.reduce<number | null>(
      (sum, { costUsd }) => (sum === null || costUsd === null ? null : sum + costUsd),
      0,
    ),
  };
}
