import type { Edits } from '#domain/edit-plan.ts';
import { InputTooLargeError } from '#domain/errors.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import { NotFinishedError } from '#middleware/request-errors.ts';
import { readJson } from '#ports/json-blob.ts';
import { jsonAnswer } from './answers.ts';
import { MAX_BYTES_AT_ONCE } from './create-analysis.ts';
import { judgeCode } from './judge-code.ts';
import { ownedRun } from './owned-run.ts';
import type { createCodeCheckRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** Judges an owner's own version of a finished run's code at once, such as the secured one without some edits. */
export const handle: RouteHandler<typeof createCodeCheckRequest> = async (
  { owner, params: { runId }, body },
  services,
) => {
  const run = await ownedRun(services.runStore, owner, runId);
  if (run.status !== 'finished') {
    throw new NotFinishedError(
      `The run is ${run.status}: there is nothing to compare with before it is finished.`,
    );
  }
  const code = new TextEncoder().encode(body.code);
  if (code.byteLength > MAX_BYTES_AT_ONCE) {
    throw new InputTooLargeError(
      `The code has ${code.byteLength.toLocaleString('en-US')} bytes; a check takes ${MAX_BYTES_AT_ONCE.toLocaleString('en-US')}. A run takes more: POST /v1/runs.`,
    );
  }
  const report = await readJson(services.blobStore, runKeys(runId).report, ReportSchema);
  const kept = keptEdits(report, body.edits);
  return jsonAnswer(200, await judgeCode({ runId, settings: run.settings, code, kept }, services));
};

/** What a model replaced has no id of its own: it is kept. */
function keptEdits({ edits, repaired }: Report, ids: readonly string[] | undefined): Edits {
  const wanted = ids === undefined ? edits : edits.filter(({ id }) => ids.includes(id));
  return { applied: wanted, declined: [], repaired };
}
