import type { ApiKeys } from '#domain/api-key.ts';
import {
  type ModelRole,
  type ModelSettings,
  ModelSettingsSchema,
  type Models,
  type PromptTemplate,
} from '#domain/model-settings.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { type ModelContext, readKey } from './api-keys.ts';
import { findModel } from './find-model.ts';
import type { ModelOptions } from './model-options.ts';
import { OPENAI } from './openai-address.ts';
import { UsageError } from './usage-error.ts';

/** What was typed of one model. */
export type AskedModel = {
  name: string;
  baseUrl?: string | undefined;
  /** The name of the environment variable with the key. */
  apiKeyEnv?: string | undefined;
  template?: PromptTemplate;
};

/** A model whose server and key are known. `apiKeyVariable` is where the key is from; null without one. */
export type ResolvedModel = {
  settings: ModelSettings;
  apiKey: string | null;
  apiKeyVariable: string | null;
};

/** The options in which a role's model is named. */
type Flags = { model: string; baseUrl: string; apiKeyEnv: string };

const FLAGS: Readonly<Record<ModelRole, Flags>> = {
  general: { model: '--model', baseUrl: '--base-url', apiKeyEnv: '--api-key-env' },
  safecoder: {
    model: '--safecoder-model',
    baseUrl: '--safecoder-base-url',
    apiKeyEnv: '--safecoder-api-key-env',
  },
};

/**
 * The models that the options name, with their servers and keys. What was not said is looked for and told on
 * stderr. Rejects with UsageError, whose message never holds a key.
 */
export async function chooseModels(
  options: ModelOptions,
  context: ModelContext,
): Promise<{ models: Models; apiKeys: ApiKeys }> {
  const { safecoderTemplate = 'safecoder' } = options;
  const general = await chooseModel(
    'general',
    { name: options.model, baseUrl: options.baseUrl, apiKeyEnv: options.apiKeyEnv },
    context,
  );
  const safecoder = await chooseModel(
    'safecoder',
    {
      name: options.safecoderModel,
      baseUrl: options.safecoderBaseUrl,
      apiKeyEnv: options.safecoderApiKeyEnv,
      template: safecoderTemplate,
    },
    context,
  );
  if (options.safecoderTemplate !== undefined && safecoder === null) {
    throw new UsageError('--safecoder-template goes with --safecoder-model, which names the model');
  }
  return {
    models: { general: general?.settings ?? null, safecoder: safecoder?.settings ?? null },
    apiKeys: { ...keyOf('general', general), ...keyOf('safecoder', safecoder) },
  };
}

/** Finds server and key of one model. Rejects with UsageError. */
export async function resolveModel(
  asked: AskedModel,
  context: ModelContext,
  role: ModelRole = 'general',
): Promise<ResolvedModel> {
  const flags = FLAGS[role];
  const named = readKey(asked.apiKeyEnv, context, flags.apiKeyEnv);
  const place =
    asked.baseUrl === undefined
      ? await findModel(asked.name, { hasKey: named !== null, flags, context })
      : { baseUrl: asked.baseUrl, name: asked.name };
  const settings = parseModel({ ...place, template: asked.template ?? 'chat' }, flags);
  const isOpenAi = new URL(settings.baseUrl).host === OPENAI.host;
  if (isOpenAi && named === null && !context.env[OPENAI.keyVariable]) {
    throw new UsageError(
      `OpenAI asks for a key: set ${OPENAI.keyVariable}, or name the variable that holds it with ${flags.apiKeyEnv}`,
    );
  }
  const key = named ?? (isOpenAi ? readKey(OPENAI.keyVariable, context, flags.apiKeyEnv) : null);
  if (key !== null && isInClear(settings.baseUrl)) {
    context.stderr.write(
      `The key for ${settings.name} goes to ${hostOf(settings)} unencrypted: it is no https address.\n`,
    );
  }
  return { settings, apiKey: key?.apiKey ?? null, apiKeyVariable: key?.variable ?? null };
}

async function chooseModel(
  role: ModelRole,
  { name, ...rest }: Omit<AskedModel, 'name'> & { name: string | undefined },
  context: ModelContext,
): Promise<ResolvedModel | null> {
  if (name !== undefined) return resolveModel({ ...rest, name }, context, role);
  const { model, baseUrl, apiKeyEnv } = FLAGS[role];
  const alone = [
    ...(rest.baseUrl === undefined ? [] : [baseUrl]),
    ...(rest.apiKeyEnv === undefined ? [] : [apiKeyEnv]),
  ];
  const [first] = alone;
  if (first !== undefined) throw new UsageError(`${first} goes with ${model}, which names the model`);
  return null;
}

function parseModel(model: ModelSettings, flags: Flags): ModelSettings {
  const parsed = ModelSettingsSchema.safeParse(model);
  if (parsed.success) return parsed.data;
  // The address is not quoted: it may hold a password.
  const [issue] = parsed.error.issues;
  const flag = issue?.path[0] === 'baseUrl' ? flags.baseUrl : flags.model;
  throw new UsageError(`${flag}: ${issue?.message ?? 'it cannot be read'}`);
}

function keyOf(role: ModelRole, model: ResolvedModel | null): ApiKeys {
  return model?.apiKey == null ? {} : { [role]: model.apiKey };
}

function isInClear(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function hostOf({ baseUrl }: ModelSettings): string {
  return visibleLine(new URL(baseUrl).host);
}
