import type { AnalyzedFile } from '#domain/analyze-output.ts';
import { analyzedFile } from '#domain/analyzed-file.ts';
import { InputTooLargeError, InvalidInputError } from '#domain/errors.ts';
import type { Analysis, AnalyzerName } from '#domain/finding.ts';
import type { PolicyName } from '#domain/policy.ts';
import { formatJson } from '#rendering/render-json.ts';
import { type AnalyzedCode, renderSarif } from '#rendering/render-sarif.ts';
import { renderAnalysisTable } from '#rendering/render-table.ts';
import { visibleLine } from '#rendering/visible-text.ts';
import { type CommandContext, type Engine, exitCodeOf, withEngine } from './command-context.ts';
import { type FoundFile, findPythonFiles } from './find-python-files.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';

export const analyzeFormats = ['table', 'json', 'sarif'] as const;

export type AnalyzeOptions = {
  format: (typeof analyzeFormats)[number];
  policy: PolicyName;
  analyzers: AnalyzerName[];
};

/**
 * Analyzes files and changes nothing. Returns 0 when every file could be analyzed and has no counted
 * finding, else 1.
 */
export async function analyze(
  paths: readonly string[],
  options: AnalyzeOptions,
  context: CommandContext,
): Promise<number> {
  const found = await findPythonFiles(paths, { cwd: context.cwd });
  for (const { path, why } of found.skipped) {
    context.stderr.write(`Passed over: ${visibleLine(path)} (${why})\n`);
  }
  const analyzed = await withEngine(context, async (engine) => {
    const progress = startProgress(context.stderr, found.files.length);
    const done: AnalyzedCode[] = [];
    for (const file of found.files) {
      if (context.signal.aborted || context.stdout.isClosed()) break;
      progress.start(file.path);
      const analyses = await analyzeOne(file, options.analyzers, engine);
      progress.finish(file.path, analyses.some(isUnread) ? 'not analyzed' : 'analyzed');
      done.push({ path: file.path, analyses });
    }
    progress.end();
    return done;
  });
  const files = analyzed.map(({ path, analyses }) => analyzedFile(path, analyses, options.policy));
  context.stdout.write(rendered(files, analyzed, options, context));
  return exitCodeOf(context.signal, files.every(isClean) ? 0 : 1);
}

async function analyzeOne(file: FoundFile, analyzers: AnalyzerName[], engine: Engine): Promise<Analysis[]> {
  const source = await readSource(file);
  if ('problem' in source) return analyzers.map((analyzer) => unread(analyzer, source.problem));
  try {
    return await engine.analyze({ code: source.bytes, analyzers });
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof InputTooLargeError) {
      return analyzers.map((analyzer) => unread(analyzer, error.message));
    }
    throw error;
  }
}

function unread(analyzer: AnalyzerName, reason: string): Analysis {
  return { analyzer, version: '', status: 'unanalyzable', reason, compileError: null, findings: [] };
}

function isUnread({ status }: Analysis): boolean {
  return status === 'unanalyzable';
}

function isClean({ status, findings }: AnalyzedFile): boolean {
  return status === 'analyzed' && !findings.some(({ counted }) => counted);
}

function rendered(
  files: AnalyzedFile[],
  analyzed: AnalyzedCode[],
  { format, policy }: AnalyzeOptions,
  { stdout }: CommandContext,
): string {
  if (format === 'json') return formatJson({ files });
  if (format === 'sarif') return renderSarif(analyzed, policy);
  return renderAnalysisTable(files, { color: stdout.hasColors });
}
