import { ModelSettingsSchema } from '#domain/model-settings.ts';
import { type ModelContext, readKey } from './api-keys.ts';
import type { ModelAccess } from './command-context.ts';
import { OPENAI } from './openai-address.ts';
import { UsageError } from './usage-error.ts';

/** A server of models; `models` is null where it was not asked yet. */
export type KnownServer = { name: string; baseUrl: string; apiKey: string | null; models: string[] | null };

type Named = { baseUrl?: string; apiKeyEnv?: string };

/** The server that was named, or those of this machine and OpenAI where its key is set. Rejects with UsageError. */
export async function findServers(
  { baseUrl, apiKeyEnv }: Named,
  access: Pick<ModelAccess, 'findLocalServers'>,
  context: Pick<ModelContext, 'env'>,
): Promise<KnownServer[]> {
  if (baseUrl !== undefined) return [namedServer(baseUrl, apiKeyEnv, context)];
  const key = openAiKey(apiKeyEnv, context);
  const local = await access.findLocalServers();
  return [
    ...local.map((server) => ({ ...server, apiKey: null })),
    ...(key === null ? [] : [{ name: OPENAI.name, baseUrl: OPENAI.baseUrl, apiKey: key, models: null }]),
  ];
}

function namedServer(
  baseUrl: string,
  apiKeyEnv: string | undefined,
  context: Pick<ModelContext, 'env'>,
): KnownServer {
  const parsed = ModelSettingsSchema.shape.baseUrl.safeParse(baseUrl);
  if (!parsed.success)
    throw new UsageError(`--base-url: ${parsed.error.issues[0]?.message ?? 'it cannot be read'}`);
  const isOpenAi = new URL(parsed.data).host === OPENAI.host;
  const apiKey = isOpenAi
    ? openAiKey(apiKeyEnv, context)
    : (readKey(apiKeyEnv, context, '--api-key-env')?.apiKey ?? null);
  return { name: isOpenAi ? OPENAI.name : 'Server', baseUrl: parsed.data, apiKey, models: null };
}

function openAiKey(apiKeyEnv: string | undefined, context: Pick<ModelContext, 'env'>): string | null {
  if (apiKeyEnv !== undefined) return readKey(apiKeyEnv, context, '--api-key-env')?.apiKey ?? null;
  return context.env[OPENAI.keyVariable]
    ? (readKey(OPENAI.keyVariable, context, '--api-key-env')?.apiKey ?? null)
    : null;
}
