import type { HardenedFile, HardenOutput, HardenTotals } from '#domain/harden-output.ts';
import type { RunSettings } from '#domain/loop-state.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import type { RepairedPart } from '#domain/repair.ts';
import { noFindings, noTime, type Report } from '#domain/report.ts';
import { type Verdict, VerdictSchema } from '#domain/verdict.ts';

/** The report without code and evidence: one file of `harden --json`. */
export function hardenedFile(report: Report): HardenedFile {
  const { gates } = report;
  return {
    path: report.path,
    runId: report.runId,
    verdict: report.verdict,
    reason: report.reason,
    gates: {
      parses: gates.parses.light,
      secure: gates.secure.light,
      surface: gates.surface.light,
      honest: gates.honest.light,
      behavior: gates.behavior.light,
      tests: gates.tests.light,
    },
    findings: report.findings,
    edits: report.edits.map(({ operator, line, cwe, source }) => ({ operator, line, cwe, source })),
    repairs: report.repaired.map(repairOf),
    environment: report.environment.map(({ name }) => name),
    iterations: report.iterations,
    modelCalls: report.modelCalls,
    tokens: report.tokens,
    costUsd: report.costUsd,
    ms: report.ms,
  };
}

function repairOf({ name, line, targets }: RepairedPart): HardenedFile['repairs'][number] {
  const sources = new Set(targets.map(({ source }) => source));
  const [source = 'analyzer'] = sources;
  return {
    name,
    line,
    cwes: [...new Set(targets.flatMap(({ cwe }) => cwe ?? []))],
    source: sources.size > 1 ? 'both' : source,
  };
}

/** The whole document of `harden --json`, for files hardened under the same settings. */
export function hardenOutput(
  settings: Pick<RunSettings, 'mechanism' | 'policy' | 'analyzers' | 'models'>,
  files: readonly HardenedFile[],
): HardenOutput {
  const { mechanism, policy, analyzers } = settings;
  const models = { general: nameOf(settings.models.general), safecoder: nameOf(settings.models.safecoder) };
  return { mechanism, models, policy, analyzers, files: [...files], totals: totalsOf(files) };
}

function nameOf(model: ModelSettings | null): HardenOutput['models']['general'] {
  return model === null ? null : { name: model.name, host: new URL(model.baseUrl).host };
}

type Summed = Pick<HardenedFile, 'verdict' | 'findings' | 'modelCalls' | 'tokens' | 'costUsd' | 'ms'>;

/** Sums over files. A cost is known only when every file's is. */
export function totalsOf(files: readonly Summed[]): HardenTotals {
  return {
    files: files.length,
    byVerdict: countVerdicts(files),
    findings: files.reduce((sum, file) => addNumbers(sum, file.findings), noFindings),
    modelCalls: files.reduce((sum, file) => sum + file.modelCalls, 0),
    tokens: {
      prompt: files.reduce((sum, file) => sum + file.tokens.prompt, 0),
      completion: files.reduce((sum, file) => sum + file.tokens.completion, 0),
      estimated: files.some((file) => file.tokens.estimated),
    },
    costUsd: files.reduce<number | null>(
      (sum, file) => (sum === null || file.costUsd === null ? null : sum + file.costUsd),
      0,
    ),
    ms: files.reduce((sum, file) => addNumbers(sum, file.ms), noTime),
  };
}

function countVerdicts(files: readonly Summed[]): Record<Verdict, number> {
  const entries = VerdictSchema.options.map((verdict) => [
    verdict,
    files.filter((file) => file.verdict === verdict).length,
  ]);
  return Object.fromEntries(entries) as Record<Verdict, number>;
}

function addNumbers<T extends Record<string, number>>(a: T, b: T): T {
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + (b[key] ?? 0)])) as T;
}

/** A JSON document as a file or a terminal gets it: indented, ended by a line feed. */
export function formatJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
