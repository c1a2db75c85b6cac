import { z } from 'zod';
import { InvalidInputError, NotFoundError, SecretUnavailableError } from '#domain/errors.ts';
import type { RunId, RunSettings } from '#domain/loop-state.ts';
import { type ModelRole, ModelRoleSchema } from '#domain/model-settings.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '../blob-store/blob-store.ts';
import { readJson, writeJson } from '../json-blob.ts';
import type { SecretBox } from '../secret-box/secret-box.ts';

type KeyServices = { blobStore: BlobStore; secretBox: SecretBox };

type KeyOwner = {
  runId: RunId;
  role: ModelRole;
  settings: Pick<RunSettings, 'models' | 'maxSeconds'>;
  now: Date;
};

/** A key is opened within the run's own time, and this for waiting in a queue before it. */
const QUEUE_SECONDS = 3600;

const SealedKeySchema = z.strictObject({
  sealed: z.base64().max(10_000),
  /** Host and port of the server that it is for. */
  host: z.string().max(2100),
  expiresAt: z.iso.datetime(),
});

/**
 * Seals a user's key for a model of a run and keeps it until the run is over. Rejects with SecretUnavailableError,
 * StoreUnavailableError, or InvalidInputError where the run has no such model.
 */
export async function keepModelKey(
  { blobStore, secretBox }: KeyServices,
  { runId, role, settings, apiKey, now }: KeyOwner & { apiKey: string },
): Promise<void> {
  const host = hostOf(settings, role);
  const lifetime = (settings.maxSeconds + QUEUE_SECONDS) * 1000;
  const document: z.infer<typeof SealedKeySchema> = {
    sealed: await secretBox.seal(apiKey, { runId, host }),
    host,
    expiresAt: new Date(now.getTime() + lifetime).toISOString(),
  };
  await writeJson(blobStore, runKeys(runId).modelKey(role), document);
}

/**
 * Opens the key that was kept, or returns null where none was. Rejects with SecretUnavailableError where it has
 * expired, is for another server than the settings name, or is not as it was sealed; InvalidInputError where the run
 * has no such model; StoreUnavailableError.
 */
export async function openModelKey(
  { blobStore, secretBox }: KeyServices,
  { runId, role, settings, now }: KeyOwner,
): Promise<string | null> {
  const host = hostOf(settings, role);
  const kept = await readSealedKey(blobStore, runId, role);
  if (kept === null) return null;
  if (new Date(kept.expiresAt) <= now) {
    throw new SecretUnavailableError('The key for the model has expired: start the run again.');
  }
  if (kept.host !== host) {
    throw new SecretUnavailableError('The key for the model was given for another server.');
  }
  return secretBox.open(kept.sealed, { runId, host });
}

/** Removes every key that was kept for a run; none is no error. Rejects with StoreUnavailableError, having tried all. */
export async function deleteModelKeys(blobStore: BlobStore, runId: RunId): Promise<void> {
  const { modelKey } = runKeys(runId);
  const removals = ModelRoleSchema.options.map((role) => blobStore.delete(modelKey(role)));
  const failed = (await Promise.allSettled(removals)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function readSealedKey(blobStore: BlobStore, runId: RunId, role: ModelRole) {
  try {
    return await readJson(blobStore, runKeys(runId).modelKey(role), SealedKeySchema);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    // The parser's messages would quote the document.
    if (error instanceof z.ZodError || error instanceof SyntaxError) {
      throw new SecretUnavailableError('The sealed key for the model is damaged.');
    }
    throw error;
  }
}

/** With the port that an address leaves out: a key for the encrypted port must not go to the plain one. */
function hostOf({ models }: Pick<RunSettings, 'models'>, role: ModelRole): string {
  const model = models[role];
  if (!model) throw new InvalidInputError(`The run has no ${role} model that the key could be for.`);
  const { protocol, hostname, port } = new URL(model.baseUrl);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
