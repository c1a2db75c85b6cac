import { type Report, type ReportedFinding, ReportSchema } from '#domain/report.ts';
import type { RiskMap } from '#domain/risk.ts';
import { type MaskedPiece, maskCode, maskWords, movedColumn } from './mask-text.ts';
import { secretValues } from './secret-values.ts';

/** What is no text of a user's: names and figures of ours. Everything else may quote the code. */
const OURS = new Set([
  ...['runId', 'createdAt', 'settings', 'verdict', 'analyzer', 'version', 'status', 'rule', 'cwe'],
  ...['severity', 'confidence', 'light', 'operator', 'source', 'kind', 'environment', 'fingerprint'],
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
  const original = maskSide(report.original, secrets, words);
  const secured = maskSide(report.secured, secrets, words);
  const { original: _, secured: __, risk, ...rest } = report;
  const masked = ReportSchema.parse({
    ...(deep(rest, words) as typeof rest),
    risk: risk === null ? null : maskRisk(risk, original.pieces, words),
    original: original.side,
    secured: secured.side,
  });
  return { report: masked, secrets: secrets.length };
}

type Words = (text: string) => string;

function maskSide(
  { code, findings }: Report['original'],
  secrets: readonly string[],
  words: Words,
): { side: Report['original']; pieces: MaskedPiece[] } {
  const masked = maskCode(code, secrets);
  return {
    side: {
      code: masked.code,
      findings: findings.map((finding) => maskFinding(finding, masked.pieces, secrets, words)),
    },
    pieces: masked.pieces,
  };
}

function maskFinding(
  finding: ReportedFinding,
  pieces: readonly MaskedPiece[],
  secrets: readonly string[],
  words: Words,
): ReportedFinding {
  const column = (line: number, at: number) =>
    movedColumn(
      at,
      pieces.filter((piece) => piece.line === line),
    );
  return {
    ...finding,
    message: words(finding.message),
    code: maskCode(finding.code, secrets).code.slice(0, 2000),
    definition: words(finding.definition),
    column: column(finding.line, finding.column),
    endColumn: column(finding.endLine, finding.endColumn),
    fingerprint: words(finding.fingerprint),
  };
}

function maskRisk(risk: RiskMap, pieces: readonly MaskedPiece[], words: Words): RiskMap {
  return {
    ...risk,
    flows: risk.flows.map((flow) => ({
      ...flow,
      path: flow.path.map(({ line, column, text }) => ({
        line,
        column: movedColumn(
          column,
          pieces.filter((piece) => piece.line === line),
        ),
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

function deep(value: unknown, words: Words): unknown {
  if (typeof value === 'string') return words(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, OURS.has(key) ? item : deep(item, words)]),
  );
}
