import { visibleLine } from '#domain/report/visible-text.ts';
import { priceOf } from '#ports/model-prices/prices.ts';
import { asksModel, mechanismArms } from '../benchmark/arms.ts';
import type { BenchmarkModel } from '../benchmark/benchmark-request.ts';
import type { ModelContext } from './api-keys.ts';
import type { BenchmarkOptions } from './benchmark.ts';
import { resolveModel } from './chosen-models.ts';
import { UsageError } from './usage-error.ts';

/** The options that say nothing without a model. */
const OF_MODELS = {
  baseUrl: '--base-url',
  apiKeyEnv: '--api-key-env',
  records: '--records',
  maxModelCalls: '--max-model-calls',
  maxTokens: '--max-tokens',
  maxCost: '--max-cost',
} as const satisfies Partial<Record<keyof BenchmarkOptions, string>>;

/**
 * The models that a benchmark's options name, with their servers, all of the same where one is given. What was not
 * said is looked for and told on stderr. Rejects with UsageError, whose message never holds a key.
 */
export async function benchmarkModels(
  options: BenchmarkOptions,
  mechanisms: readonly string[],
  context: ModelContext,
): Promise<BenchmarkModel[]> {
  const { model, models, baseUrl, apiKeyEnv } = options;
  const names = models ?? (model === undefined ? [] : [model]);
  refuseMismatch(options, names, mechanisms);
  const resolved: BenchmarkModel[] = [];
  for (const name of names) {
    // One after the other: what is said of them on stderr is in their order.
    const { settings, apiKeyVariable } = await resolveModel({ name, baseUrl, apiKeyEnv }, context);
    if (options.maxCost !== undefined && priceOf(settings) === null) {
      throw new UsageError(
        `--max-cost cannot be held: the price of ${visibleLine(name)} at ${new URL(settings.baseUrl).host} is not known`,
      );
    }
    resolved.push({ settings, apiKeyVariable });
  }
  refuseSameArms(
    mechanisms,
    resolved.map(({ settings }) => settings.name),
  );
  return resolved;
}

function refuseMismatch(
  options: BenchmarkOptions,
  names: readonly string[],
  mechanisms: readonly string[],
): void {
  const flag = options.models === undefined ? '--model' : '--models';
  const asking = mechanisms.filter(asksModel);
  const [first] = asking;
  if (names.length > 0 && first === undefined) {
    throw new UsageError(
      `${flag} goes with a mechanism that asks one, and ${mechanisms.join(', ')} asks none`,
    );
  }
  if (names.length === 0 && first !== undefined) {
    throw new UsageError(
      `${asking.join(', ')} asks a language model: name it with --model, and its server with --base-url`,
    );
  }
  if (names.length > 0) return;
  for (const [name, option] of Object.entries(OF_MODELS)) {
    if (options[name as keyof typeof OF_MODELS] === undefined) continue;
    throw new UsageError(`${option} goes with --model, which names the model`);
  }
}

/** Names of arms hold not every character, and not a name of every length. */
function refuseSameArms(mechanisms: readonly string[], models: readonly string[]): void {
  const names = mechanismArms(mechanisms, models).map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined)
    throw new UsageError(`two models would make an arm of the name ${twice}: measure them apart`);
}
