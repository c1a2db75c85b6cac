import type { RunSettingsInput } from '#domain/loop-state.ts';
import { type Run, RunSchema } from '#domain/run.ts';
import { sendForJson } from './send.ts';

export type NewRun = {
  path: string;
  settings: RunSettingsInput;
  /** The user's own tests; null for none. */
  tests: string | null;
} & ({ code: string } | { prompt: string });

export type RunKeys = { general: string; safecoder: string };

/** Starts a run. Keys travel in headers, never in the body. */
export function createRun({ tests, ...run }: NewRun, keys: RunKeys): Promise<Run> {
  return sendForJson(RunSchema, '/v1/runs', {
    method: 'POST',
    body: { ...run, ...(tests === null ? {} : { tests }) },
    headers: {
      'idempotency-key': crypto.randomUUID(),
      ...(keys.general === '' ? {} : { 'sgcode-model-key': keys.general }),
      ...(keys.safecoder === '' ? {} : { 'sgcode-safecoder-key': keys.safecoder }),
    },
  });
}
