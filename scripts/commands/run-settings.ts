import type { ApiKeys } from '#domain/api-key.ts';
import { type RunSettings, RunSettingsSchema } from '#domain/loop-state.ts';
import { mechanismOf, modelFor, whyNotRunnable } from '#domain/model-choice.ts';
import type { Models } from '#domain/model-settings.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import type { RunInput } from '#domain/run.ts';
import { priceOf } from '#ports/model-prices/prices.ts';
import type { ModelOptions } from './model-options.ts';
import type { SettingsOptions } from './settings-options.ts';
import { UsageError } from './usage-error.ts';

/** The models of a run and the keys for their servers. */
export type ChosenModels = { models: Models; apiKeys: ApiKeys };

/**
 * What the options make of a run over this kind of input. Throws UsageError where such a run could not do its work,
 * before anything is read or written.
 */
export function runSettings(
  options: SettingsOptions & ModelOptions,
  { models }: ChosenModels,
  input: RunInput,
): RunSettings {
  const { maxModelCalls, maxTokens, maxCost } = options;
  const settings = RunSettingsSchema.parse({
    mechanism: mechanismOf({ mechanism: options.mechanism, models }),
    policy: options.policy,
    analyzers: options.analyzers,
    maxIterations: options.maxIterations,
    maxSeconds: options.maxSeconds,
    behavior: options.behavior,
    ggan: options.ggan,
    allowedPackages: options.allowPackage,
    databaseDriver: options.databaseDriver,
    models,
    budget: { maxCalls: maxModelCalls, maxTokens, maxCostUsd: maxCost },
  });
  const reason = whyNotRunnable(settings, { input });
  if (reason !== null) throw new UsageError(reason);
  refuseUnknownPrice(settings, input);
  return settings;
}

function refuseUnknownPrice(settings: RunSettings, input: RunInput): void {
  if (settings.budget.maxCostUsd === null) return;
  const uses = input === 'prompt' ? (['generate', 'repair'] as const) : (['repair'] as const);
  for (const use of uses) {
    const model = modelFor(settings, use);
    if (model === null || priceOf(model.settings) !== null) continue;
    throw new UsageError(
      `--max-cost cannot be held: the price of ${visibleLine(model.settings.name)} at ${new URL(model.settings.baseUrl).host} is not known. Set a limit with --max-tokens or --max-model-calls instead`,
    );
  }
}
