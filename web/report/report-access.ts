/** How the report came to be seen: by its owner, or by a link that somebody shared. */
export type ReportAccess =
  | { kind: 'owner'; runId: string }
  | { kind: 'shared'; token: string; expiresAt: string | null; secrets: 'masked' | 'shown' | 'none' };

/** The formats in which a report can be downloaded, the most asked for first. */
export const downloads = [
  { format: 'pdf', label: 'PDF', file: 'sgcode-report.pdf' },
  { format: 'patch', label: 'Patch', file: 'sgcode.patch' },
  { format: 'json', label: 'JSON', file: 'sgcode-report.json' },
  { format: 'sarif', label: 'SARIF', file: 'sgcode-report.sarif' },
  { format: 'html', label: 'HTML page', file: 'sgcode-report.html' },
  { format: 'text', label: 'Text', file: 'sgcode-report.txt' },
] as const;

export type DownloadFormat = (typeof downloads)[number]['format'];

/** Where the report is to be had in a format. */
export function reportAddress(access: ReportAccess, format: DownloadFormat): string {
  const path = access.kind === 'owner' ? `/v1/runs/${access.runId}/report` : `/v1/shared/${access.token}`;
  return `${path}?format=${format}`;
}
