import { ApiKeySchema } from '#domain/api-key.ts';
import type { CommandContext } from './command-context.ts';
import { OPENAI } from './openai-address.ts';
import { UsageError } from './usage-error.ts';

/** What it takes to find a model and its key. */
export type ModelContext = Pick<CommandContext, 'env' | 'stderr' | 'openModels'>;

/** A key, and the environment variable that it is from. */
export type FoundKey = { apiKey: string; variable: string };

/**
 * The key in an environment variable; null where none is named. Throws UsageError where there is none in it; a key
 * that was typed in place of a name is not repeated.
 */
export function readKey(
  variable: string | undefined,
  { env }: Pick<ModelContext, 'env'>,
  flag: string,
): FoundKey | null {
  if (variable === undefined) return null;
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(variable)) {
    throw new UsageError(
      `${flag} takes the name of an environment variable, such as ${OPENAI.keyVariable}, and never the key itself`,
    );
  }
  const apiKey = env[variable];
  if (!apiKey)
    throw new UsageError(`the environment variable ${variable} is not set: put the key for the model there`);
  if (!ApiKeySchema.safeParse(apiKey).success) {
    throw new UsageError(
      `the environment variable ${variable} does not hold a key: it takes 1 to 1,000 printable characters without spaces`,
    );
  }
  return { apiKey, variable };
}
