import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ApiKeySchema, type ApiKeys } from '#domain/api-key.ts';
import { checkCode } from '#domain/check-code.ts';
import { InvalidInputError, SecretUnavailableError } from '#domain/errors.ts';
import { type RunSettings, type RunSettingsInput, RunSettingsSchema } from '#domain/loop-state.ts';
import { mechanismOf, whyNotRunnable } from '#domain/model-choice.ts';
import { type ModelRole, ModelRoleSchema } from '#domain/model-settings.ts';
import { PromptSchema } from '#domain/prompt.ts';
import { type Run, RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { writeJson } from '../json-blob.ts';
import { keepModelKey } from '../model-keys/model-keys.ts';
import type { SecretBox } from '../secret-box/secret-box.ts';
import type { Stores } from '../services.ts';
import type { NewRun } from './run-store.ts';

/** What a run begins with: a program, or the prompt from which one is written. */
export type ProgramSource = { code: Uint8Array; prompt?: never } | { prompt: string; code?: never };

export type CreateRunRequest = ProgramSource & {
  owner: string;
  path: string;
  /** The user's own tests of the program, for pytest or unittest. */
  tests?: Uint8Array;
  settings: RunSettingsInput;
  /** The user's keys for the models that the settings name; kept sealed, and only until the run is over. */
  apiKeys?: ApiKeys;
  idempotencyKey?: string;
};

/** A request that was looked at: everything in it has the agreed form. */
type CheckedRequest = {
  path: string;
  settings: RunSettings;
  source: ProgramSource;
  tests: Uint8Array | null;
  apiKeys: [ModelRole, string][];
};

/**
 * Takes a program in: its code or prompt, its tests and sealed keys into the blob store, then the run into the run
 * store, so that a run never stands there without them. Without a mechanism it is `hybrid` where a general model is
 * set, else `rules`. Returns the queued run, or the earlier one of the same idempotency key. Rejects with
 * InputTooLargeError, InvalidInputError, ConflictError, SecretUnavailableError or StoreUnavailableError.
 */
export async function createRun(
  services: Stores & { secretBox?: SecretBox },
  request: CreateRunRequest,
): Promise<{ run: Run; isNew: boolean }> {
  const { runStore, blobStore } = services;
  const checked = checkRequest(request);
  const run: NewRun = {
    id: randomBytes(16).toString('hex'),
    owner: request.owner,
    path: checked.path,
    settings: checked.settings,
    input: checked.source.code === undefined ? 'prompt' : 'code',
    hasTests: checked.tests !== null,
    createdAt: new Date().toISOString(),
    ...(request.idempotencyKey === undefined
      ? {}
      : { idempotency: { key: request.idempotencyKey, requestHash: hashOf(checked) } }),
  };
  const { prefix } = runKeys(run.id);
  try {
    await keepInput(services, run, checked);
    const created = await runStore.create(run);
    if (!created.isNew) await blobStore.deletePrefix(prefix);
    return created;
  } catch (error) {
    // Its answer may be all that was lost of the record: then the run is there, and must keep its code.
    const isRecorded = await runStore.get(null, run.id).then(
      (found) => found !== null,
      () => true,
    );
    if (!isRecorded) await blobStore.deletePrefix(prefix).catch(() => {});
    throw error;
  }
}

function checkRequest(request: CreateRunRequest): CheckedRequest {
  const { code, prompt, tests = null, apiKeys = {} } = request;
  if ((code === undefined) === (prompt === undefined)) {
    throw new InvalidInputError('A run takes either code or a prompt.');
  }
  if (code) checkCode(code);
  if (tests) checkCode(tests);
  const settings = parsed('settings', RunSettingsSchema, {
    ...request.settings,
    mechanism: mechanismOf(request.settings),
  });
  const source = code === undefined ? { prompt: parsed('prompt', PromptSchema, prompt) } : { code };
  const keys = ModelRoleSchema.options.flatMap((role): [ModelRole, string][] => {
    const key = apiKeys[role];
    return key === undefined ? [] : [[role, parsed(`the key for ${role}`, ApiKeySchema, key)]];
  });
  const reason = whyNotRunnable(settings, {
    input: code === undefined ? 'prompt' : 'code',
    keysFor: keys.map(([role]) => role),
  });
  if (reason !== null) throw new InvalidInputError(reason);
  return { path: parsed('path', RunSchema.shape.path, request.path), settings, source, tests, apiKeys: keys };
}

async function keepInput(
  { blobStore, secretBox }: Stores & { secretBox?: SecretBox },
  { id: runId, settings }: NewRun,
  { source, tests, apiKeys }: CheckedRequest,
): Promise<void> {
  const keys = runKeys(runId);
  if (source.code === undefined) await writeJson(blobStore, keys.prompt, { prompt: source.prompt });
  else await blobStore.put(keys.original, source.code);
  if (tests) await blobStore.put(keys.tests, tests);
  if (apiKeys.length === 0) return;
  if (!secretBox) throw new SecretUnavailableError('Keys for models cannot be kept here.');
  const now = new Date();
  for (const [role, apiKey] of apiKeys) {
    await keepModelKey({ blobStore, secretBox }, { runId, role, settings, apiKey, now });
  }
}

function parsed<S extends z.ZodType>(name: string, schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw new InvalidInputError(`${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** Of the keys only whether they were given: they are not to be found again by a guess at the hash. */
function hashOf({ path, settings, source, tests, apiKeys }: CheckedRequest): string {
  const bytes = source.code ?? new TextEncoder().encode(source.prompt);
  const kind = source.code === undefined ? 'prompt' : 'code';
  const keysFor = apiKeys.map(([role]) => role);
  const hash = createHash('sha256')
    .update(JSON.stringify([path, settings, kind, bytes.byteLength, keysFor]))
    .update(bytes);
  if (tests) hash.update(tests);
  return hash.digest('hex');
}
