import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { checkCode } from '#domain/check-code.ts';
import { InvalidInputError } from '#domain/errors.ts';
import { type RunSettingsInput, RunSettingsSchema } from '#domain/loop-state.ts';
import { type Run, RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { Stores } from '../services.ts';

export type CreateRunRequest = {
  owner: string;
  path: string;
  code: Uint8Array;
  /** The user's own tests of the program, for pytest or unittest. */
  tests?: Uint8Array;
  settings: RunSettingsInput;
  idempotencyKey?: string;
};

/**
 * Takes a program in: its code and tests into the blob store, then the run into the run store, so that a run never
 * stands there without its code. Returns the queued run, or the earlier one of the same idempotency key.
 * Rejects with InputTooLargeError, InvalidInputError, ConflictError or StoreUnavailableError.
 */
export async function createRun(
  { runStore, blobStore }: Stores,
  request: CreateRunRequest,
): Promise<{ run: Run; isNew: boolean }> {
  checkCode(request.code);
  if (request.tests) checkCode(request.tests);
  const settings = parsed('settings', RunSettingsSchema, request.settings);
  const path = parsed('path', RunSchema.shape.path, request.path);
  const id = randomBytes(16).toString('hex');
  const keys = runKeys(id);
  try {
    await blobStore.put(keys.original, request.code);
    if (request.tests) await blobStore.put(keys.tests, request.tests);
    const created = await runStore.create({
      id,
      owner: request.owner,
      path,
      settings,
      hasTests: request.tests !== undefined,
      createdAt: new Date().toISOString(),
      ...(request.idempotencyKey === undefined
        ? {}
        : {
            idempotency: { key: request.idempotencyKey, requestHash: hashOf(path, settings, request) },
          }),
    });
    if (!created.isNew) await blobStore.deletePrefix(keys.prefix);
    return created;
  } catch (error) {
    await blobStore.deletePrefix(keys.prefix).catch(() => {});
    throw error;
  }
}

function parsed<S extends z.ZodType>(name: string, schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw new InvalidInputError(`${name}: ${z.prettifyError(result.error)}`);
  return result.data;
}

function hashOf(path: string, settings: unknown, { code, tests }: CreateRunRequest): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([path, settings, code.byteLength]))
    .update(code);
  if (tests) hash.update(tests);
  return hash.digest('hex');
}
