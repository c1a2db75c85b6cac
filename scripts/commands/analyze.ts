import type { AnalyzedFile } from '#domain/analyze-output.ts';
import { analyzedFile, type Explanation, explainedFile } from '#domain/analyzed-file.ts';
import { InputTooLargeError, InvalidInputError } from '#domain/errors.ts';
import type { Analysis, AnalyzerName } from '#domain/finding.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { formatJson } from '#rendering/render-json.ts';
import { renderSarif } from '#rendering/render-sarif.ts';
import { renderAnalysisTable, type ShownFile } from '#rendering/render-table.ts';
import { type CommandContext, type Engine, exitCodeOf, withEngine } from './command-context.ts';
import { type FoundFile, findPythonFiles } from './find-python-files.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';

export const analyzeFormats = ['table', 'json', 'sarif'] as const;

export type AnalyzeOptions = {
  format: (typeof analyzeFormats)[number];
  policy: PolicyName;
  analyzers: AnalyzerName[];
  /** Say what the gGAN says, too. */
  explain?: boolean;
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
    const done: Analyzed[] = [];
    for (const file of found.files) {
      if (context.signal.aborted || context.stdout.isClosed()) break;
      progress.start(file.path);
      const result = await analyzeOne(file, options, engine);
      progress.finish(file.path, result.analyses.some(isUnread) ? 'not analyzed' : 'analyzed');
      done.push(result);
    }
    progress.end();
    return done;
  });
  const shown = analyzed.map(({ path, analyses, explanation }) => ({
    file: analyzedFile(path, analyses, options.policy),
    explanation,
  }));
  context.stdout.write(rendered(shown, analyzed, options, context));
  return exitCodeOf(context.signal, shown.every(({ file }) => isClean(file)) ? 0 : 1);
}

type Analyzed = { path: string; analyses: Analysis[]; explanation: Explanation | null };

async function analyzeOne(
  file: FoundFile,
  { analyzers, explain = false }: AnalyzeOptions,
  engine: Engine,
): Promise<Analyzed> {
  const source = await readSource(file);
  if ('problem' in source) return unreadFile(file, source.problem);
  const code = source.bytes;
  try {
    // The gGAN first: a model that is missing is told before anything else is done.
    const explanation = explain ? await engine.explain({ code }) : null;
    return { path: file.path, analyses: await engine.analyze({ code, analyzers }), explanation };
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof InputTooLargeError) {
      return unreadFile(file, error.message);
    }
    throw error;
  }

  function unreadFile({ path }: FoundFile, problem: string): Analyzed {
    const analyses = analyzers.map((analyzer) => unread(analyzer, problem));
    return { path, analyses, explanation: explain ? { unassessed: problem } : null };
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
  shown: ShownFile[],
  analyzed: Analyzed[],
  { format, policy }: AnalyzeOptions,
  { stdout }: CommandContext,
): string {
  if (format === 'table') return renderAnalysisTable(shown, { color: stdout.hasColors });
  if (format === 'json') {
    const files = shown.map(({ file, explanation }) =>
      explanation ? explainedFile(file, explanation) : file,
    );
    return formatJson({ files });
  }
  const codes = analyzed.map(({ path, analyses, explanation }) =>
    explanation && 'risk' in explanation ? { path, analyses, risk: explanation.risk } : { path, analyses },
  );
  return renderSarif(codes, policy);
}
