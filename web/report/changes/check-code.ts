import { type CodeCheck, CodeCheckSchema } from '#domain/code-check.ts';
import { sendForJson } from '../../api-client/send.ts';
import type { Selection } from './change-set.ts';

/** Has a version of the secured program judged against the original, at once. */
export function checkCode(
  runId: string,
  { code, edits }: Selection,
  signal?: AbortSignal,
): Promise<CodeCheck> {
  return sendForJson(CodeCheckSchema, `/v1/runs/${runId}/checks`, {
    method: 'POST',
    body: { code, edits },
    ...(signal ? { signal } : {}),
  });
}
