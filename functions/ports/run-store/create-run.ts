import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { checkCode } from '#domain/check-code.ts';
import { InvalidInputError } from '#domain/errors.ts';
import { type RunSettingsInput, RunSettingsSchema } from '#domain/loop-state.ts';
import { type Run, RunSchema } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { Services } from '../services.ts';

export type CreateRunRequest = {
  owner: string;
  path: string;
  code: Uint8Array;
  settings: RunSettingsInput;
  idempotencyKey?: string;
};

/**
 * Takes a program in: its code into the blob store, then the run into the run store, so that a run never
 * stands there without its code. Returns the queued run, or the earlier one of the same idempotency key.
 * Rejects with InputTooLargeError, InvalidInputError, ConflictError or StoreUnavailableError.
 */
export async function createRun(
  { runStore, blobStore }: Services,
  request: CreateRunRequest,
): Promise<{ run: Run; isNew: boolean }> {
  checkCode(request.code);
  const settings = parsed('settings', RunSettingsSchema, request.settings);
  const path = parsed('path', RunSchema.shape.path, request.path);
  const id = randomBytes(16).toString('hex');
  const keys = runKeys(id);
  await blobStore.put(keys.original, request.code);
  try {
    const created = await runStore.create({
      id,
      owner: request.owner,
      path,
      settings,
      createdAt: new Date().toISOString(),
      ...(request.idempotencyKey === undefined
        ? {}
        : {
            idempotency: { key: request.idempotencyKey, requestHash: hashOf(path, settings, request.code) },
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

function hashOf(path: string, settings: unknown, code: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify([path, settings]))
    .update('\0')
    .update(code)
    .digest('hex');
}
