import { bestOf } from '#domain/best-run.ts';
import type { ComparedRun, ComparedSum, CompareOutput } from '#domain/compare-output.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import { verdictWords } from '#domain/report/wording.ts';
import type { Report, ReportedFinding } from '#domain/report.ts';
import { hardenedFile, totalsOf } from '../render-json.ts';
import { diffHunks } from '../unified-diff.ts';

/** A finished run of one mechanism; `name` tells it from the others. */
export type NamedReport = { name: string; report: Report };

type BySeverity = ComparedRun['bySeverity'];
type Counts = BySeverity['before'];

const none: Counts = { high: 0, medium: 0, low: 0 };

/** The comparison of files, each hardened by the same mechanisms; one that was not come to lacks the rest. */
export function compareReports(
  policy: PolicyName,
  files: readonly { path: string; reports: readonly NamedReport[] }[],
): CompareOutput {
  const compared = files.map(({ path, reports }) => {
    const runs = reports.map(comparedRun);
    const best = bestOf(runs);
    return { path, runs: runs.map((run) => ({ ...run, isBest: run === best })) };
  });
  const names = [...new Set(compared.flatMap(({ runs }) => runs.map(({ name }) => name)))];
  const sums = names.map((name) =>
    sumOf(
      name,
      compared.flatMap(({ runs }) => runs.filter((run) => run.name === name)),
    ),
  );
  // Who has not come to every file would win by what is missing.
  const most = Math.max(0, ...sums.map((sum) => sum.files));
  const best = bestOf(sums.filter((sum) => sum.files === most));
  return { policy, files: compared, sums: sums.map((sum) => ({ ...sum, isBest: sum === best })) };
}

function comparedRun({ name, report }: NamedReport): ComparedRun {
  const { runId, verdict, reason, gates, findings, modelCalls, tokens, costUsd, ms } = hardenedFile(report);
  const { mechanism, models } = report.settings;
  return {
    name,
    mechanism,
    models: [models.general, models.safecoder].flatMap((model) => (model === null ? [] : [model.name])),
    runId,
    verdict,
    reason,
    gates,
    findings,
    bySeverity: {
      before: countSeverities(report.original.findings),
      after: countSeverities(report.secured.findings),
    },
    securedAndKept:
      verdictWords[verdict].tone === 'good' && Object.values(gates).every((light) => light !== 'fail'),
    linesChanged: linesChanged(report),
    modelCalls,
    tokens,
    costUsd,
    ms,
    isBest: false,
  };
}

function countSeverities(findings: readonly ReportedFinding[]): Counts {
  const counted = findings.filter((finding) => finding.counted);
  const of = (wanted: keyof Counts) => counted.filter(({ severity }) => severity === wanted).length;
  return { high: of('high'), medium: of('medium'), low: of('low') };
}

function linesChanged({ original, secured }: Report): number {
  const lines = diffHunks(original.code, secured.code).flatMap((hunk) => hunk.lines);
  return lines.filter((line) => line.startsWith('+') || line.startsWith('-')).length;
}

function sumOf(name: string, runs: readonly ComparedRun[]): ComparedSum {
  const { modelCalls, tokens, costUsd, ms } = totalsOf(runs);
  const added = (side: keyof BySeverity) =>
    runs.reduce((sum, { bySeverity }) => addCounts(sum, bySeverity[side]), none);
  return {
    name,
    files: runs.length,
    securedAndKept: runs.filter((run) => run.securedAndKept).length,
    bySeverity: { before: added('before'), after: added('after') },
    linesChanged: runs.reduce((sum, run) => sum + run.linesChanged, 0),
    modelCalls,
    tokens,
    costUsd,
    ms: ms.total,
    isBest: false,
  };
}

function addCounts(a: Counts, b: Counts): Counts {
  return { high: a.high + b.high, medium: a.medium + b.medium, low: a.low + b.low };
}
