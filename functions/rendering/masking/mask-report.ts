import { type Report, type ReportedFinding, ReportSchema } from '#domain/report.ts';
import type { RiskMap } from '#domain/risk.ts';
import { maskCode, maskWords, movedColumn, type Secrets } from './mask-text.ts';
import { secretValues } from './secret-values.ts';

/** What is no text of a user's: names and figures of ours. Everything else may quote the code. */
const OURS = new Set([
  ...['runId', 'createdAt', 'settings', 'verdict', 'analyzer', 'version', 'status', 'rule', 'cwe'],
  ...['severity', 'confidence', 'light', 'operator', 'source', 'kind', 'environment'],
]);

/**
 * The report for people who are not to read the secrets that stand in its code, and how many there are. Lines keep their
 * numbers and findings their places. A patch of it applies to nothing where secrets were masked.
 */
export function maskReport(report: Report): { report: Report; secrets: number } {
  const secrets = secretValues(report);
  if (secrets.length === 0) return { report, secrets: 0 };
  const hide = hiddenFingerprints(report);
  const words = (text: string) => hide(maskWords(text, secrets));
  const masking = { words, hide };
  const original = maskSide(report.original, secrets, masking);
  const secured = maskSide(report.secured, secrets, masking);
  const { original: _, secured: __, risk, analyzers, ...rest } = report;
  const masked = ReportSchema.parse({
    ...(deep(rest, masking) as typeof rest),
    analyzers: analyzers.map((analyzer) => ({
      ...analyzer,
      reason: analyzer.reason === null ? null : words(analyzer.reason),
    })),
    risk: risk === null ? null : maskRisk(risk, original.moved, words),
    original: original.side,
    secured: secured.side,
  });
  return { report: masked, secrets: secrets.length };
}

type Words = (text: string) => string;
/** `words` masks what may quote the code; `hide` only what hashes of it would tell. */
type Masking = { words: Words; hide: Words };
/** Where a column of a line is after masking. */
type Moved = (line: number, column: number) => number;

function maskSide(
  { code, findings }: Report['original'],
  secrets: Secrets,
  { words, hide }: Masking,
): { side: Report['original']; moved: Moved } {
  const masked = maskCode(code, secrets);
  const byLine = Map.groupBy(masked.pieces, ({ line }) => line);
  const moved: Moved = (line, column) => movedColumn(column, byLine.get(line) ?? []);
  const maskFinding = (finding: ReportedFinding): ReportedFinding => ({
    ...finding,
    message: words(finding.message),
    code: maskCode(finding.code, secrets).code.slice(0, 2000),
    definition: words(finding.definition),
    column: moved(finding.line, finding.column),
    endColumn: moved(finding.endLine, finding.endColumn),
    fingerprint: hide(finding.fingerprint),
  });
  return { side: { code: masked.code, findings: findings.map(maskFinding) }, moved };
}

function maskRisk(risk: RiskMap, moved: Moved, words: Words): RiskMap {
  return {
    ...risk,
    flows: risk.flows.map((flow) => ({
      ...flow,
      path: flow.path.map(({ line, column, text }) => ({
        line,
        column: moved(line, column),
        text: words(text).slice(0, 200),
      })),
    })),
  };
}

/**
 * A fingerprint is a hash of the line: who knows all of the line but a short secret could find it by trying. The same
 * one is replaced by the same number everywhere, ids of edits included.
 */
function hiddenFingerprints({ original, secured }: Report): Words {
  const known = new Map<string, string>();
  for (const { fingerprint } of [...original.findings, ...secured.findings]) {
    if (!known.has(fingerprint)) known.set(fingerprint, String(known.size + 1).padStart(16, '0'));
  }
  return (text) => text.replace(/[0-9a-f]{16}/g, (found) => known.get(found) ?? found);
}

function deep(value: unknown, how: Masking, key = ''): unknown {
  if (OURS.has(key)) return value;
  if (typeof value === 'string') return key === 'id' ? how.hide(value) : how.words(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, how, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, deep(item, how, name)]));
}
