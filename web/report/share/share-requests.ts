import { type Report, ReportSchema } from '#domain/report.ts';
import {
  type CreatedShare,
  CreatedShareSchema,
  type NewShare,
  type Share,
  SharesSchema,
} from '#domain/share.ts';
import { UnexpectedAnswerError } from '../../api-client/problems.ts';
import { send, sendForJson } from '../../api-client/send.ts';
import type { ReportAccess } from '../report-access.ts';

/** Makes a link that opens the report of a run. Its token is told this once. */
export function createShare(runId: string, share: NewShare): Promise<CreatedShare> {
  return sendForJson(CreatedShareSchema, `/v1/runs/${runId}/shares`, { method: 'POST', body: share });
}

/** The links that still open the report, the newest first. */
export async function fetchShares(runId: string, signal?: AbortSignal): Promise<Share[]> {
  const { shares } = await sendForJson(SharesSchema, `/v1/runs/${runId}/shares`, signal ? { signal } : {});
  return shares;
}

/** Closes a link for good. */
export async function revokeShare(shareId: string): Promise<void> {
  await send(`/v1/shares/${shareId}`, { method: 'DELETE' });
}

export type SharedReport = { report: Report; access: ReportAccess };

/** The report that a link opens. Rejects with a ProblemError of 404 for a link that is unknown, expired or revoked. */
export async function fetchSharedReport(token: string, signal?: AbortSignal): Promise<SharedReport> {
  const response = await send(`/v1/shared/${token}?format=json`, signal ? { signal } : {});
  const parsed = ReportSchema.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    throw new UnexpectedAnswerError(
      'The server answered in a form that this page does not know. Reload the page.',
    );
  }
  const said = response.headers.get('sgcode-secrets');
  const secrets = said === 'shown' || said === 'none' ? said : 'masked';
  const expiresAt = response.headers.get('sgcode-share-expires');
  return { report: parsed.data, access: { kind: 'shared', token, expiresAt, secrets } };
}
