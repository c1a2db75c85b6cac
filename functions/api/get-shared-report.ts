import { NotFoundError } from '#domain/errors.ts';
import { type Report, ReportSchema } from '#domain/report.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { ShareToken } from '#domain/share.ts';
import { readJson } from '#ports/json-blob.ts';
import type { ApiServices } from '#ports/services.ts';
import type { StoredShare } from '#ports/share-store/share-store.ts';
import { hashToken } from '#ports/share-store/share-token.ts';
import { maskReport } from '#rendering/masking/mask-report.ts';
import { chosenFormat, reportAnswer } from './report-answer.ts';
import type { sharedReportRequest } from './requests.ts';
import type { RouteHandler } from './route.ts';

/** The report that a link opens. What its code holds of secrets is masked, unless the owner chose otherwise. */
export const handle: RouteHandler<typeof sharedReportRequest> = async (
  { params: { token }, query, headers },
  services,
) => {
  const { share, report } = await openShared(token, services);
  const format = chosenFormat({ query, headers });
  const masked = maskReport(report);
  const hasSecrets = masked.secrets > 0;
  const answer = await reportAnswer(share.showsSecrets ? report : masked.report, format, services);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'sgcode-share-expires': share.expiresAt,
      'sgcode-secrets': hasSecrets ? (share.showsSecrets ? 'shown' : 'masked') : 'none',
    },
  };
};

/** Rejects with the same NotFoundError for a token that is unknown, expired or revoked, or whose run is deleted. */
async function openShared(
  token: ShareToken,
  { runStore, blobStore, shareStore }: ApiServices,
): Promise<{ share: StoredShare; report: Report }> {
  const share = await shareStore.find(hashToken(token));
  if (!share || !(await runStore.get(share.owner, share.runId))) throw new NotFoundError('no such share');
  return { share, report: await readJson(blobStore, runKeys(share.runId).report, ReportSchema) };
}
