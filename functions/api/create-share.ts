import type { CreatedShare } from '#domain/share.ts';
import { NotFinishedError } from '#middleware/request-errors.ts';
import { hashToken, newShareToken } from '#ports/share-store/share-token.ts';
import { jsonAnswer } from './answers.ts';
import { ownedRun } from './owned-run.ts';
import type { createShareRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

const DAY_MS = 86_400_000;

/** Makes a link that opens the report of one run. Its token is told here and never again. */
export const handle: RouteHandler<typeof createShareRequest> = async (
  { owner, params: { runId }, body: { expiresInDays, showsSecrets } },
  { runStore, shareStore },
) => {
  const run = await ownedRun(runStore, owner, runId);
  if (run.status !== 'finished') {
    throw new NotFinishedError(`The run is ${run.status}: it has no report before it is finished.`);
  }
  const token = newShareToken();
  const { id, tokenHash } = hashToken(token);
  const now = Date.now();
  const share = {
    id,
    runId,
    showsSecrets,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + expiresInDays * DAY_MS).toISOString(),
  };
  await shareStore.create({ ...share, tokenHash, owner });
  const document: CreatedShare = { ...share, token, path: `/r#${token}` };
  return jsonAnswer(201, document);
};
