import type { BehaviorMode, RunSettings } from '#domain/loop-state.ts';
import { type Mechanism, mechanisms } from '#domain/mechanism.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf, verdictWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { refusedReport } from '#hardening/report/refused-report.ts';
import { compareReports, type NamedReport } from '#rendering/comparison/compare-reports.ts';
import { renderComparisonMarkdown, renderComparisonText } from '#rendering/comparison/render-comparison.ts';
import { formatJson } from '#rendering/render-json.ts';
import { chooseModels } from './chosen-models.ts';
import { type CommandContext, type Engine, exitCodeOf, withEngine } from './command-context.ts';
import { type FoundFile, findPythonFiles } from './find-python-files.ts';
import { jsonTarget, writeJsonTarget } from './json-target.ts';
import type { ModelOptions } from './model-options.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';
import type { ProgramOptions } from './run-options.ts';
import { type ChosenModels, runSettings } from './run-settings.ts';
import type { SettingsOptions } from './settings-options.ts';
import { UsageError } from './usage-error.ts';
import { checkRunner, readTests } from './user-tests.ts';

export const compareFormats = ['table', 'markdown', 'json'] as const;

export type CompareOptions = Omit<SettingsOptions, 'mechanism' | 'behavior'> &
  ModelOptions &
  ProgramOptions & {
    mechanisms: Mechanism[];
    models?: string[];
    /** Without: always, where programs can be sealed off. */
    behavior?: BehaviorMode;
    format: (typeof compareFormats)[number];
    json?: string;
  };

/** One way to harden: a mechanism, with a model where it calls one. */
type Way = { name: string; settings: RunSettings; chosen: ChosenModels };

/**
 * Hardens the same files in several ways, one after the other, and shows what each came to. Changes nothing. Returns
 * 0 when every file has a way that leaves no counted finding, else 1. Rejects with UsageError.
 */
export async function compare(
  paths: readonly string[],
  options: CompareOptions,
  context: CommandContext,
): Promise<number> {
  const jsonFile = await jsonTarget(options, context.cwd);
  const found = await findPythonFiles(paths, { cwd: context.cwd });
  const tests = await readTests(options, found, context);
  const ways = await planWays(options, context);
  const files = await withEngine(
    context,
    async (engine) => {
      if (tests !== null || options.behavior === 'always') await checkRunner(engine);
      const behavior = options.behavior ?? (await defaultBehavior(engine, context));
      await warmUp(engine, options);
      return compareAll(found.files, { ways: withBehavior(ways, behavior), tests, engine, context });
    },
    { unsafeRunner: options.unsafeLocalRunner ?? false },
  );
  const output = compareReports(options.policy, files);
  if (options.json === '-' || options.format === 'json') context.stdout.write(formatJson(output));
  else if (options.format === 'markdown') context.stdout.write(renderComparisonMarkdown(output));
  else context.stdout.write(renderComparisonText(output, { color: context.stdout.hasColors }));
  await writeJsonTarget(jsonFile, output);
  if (context.signal.aborted) {
    context.stderr.write(`Stopped: ${files.length} of ${countOf(found.files.length, 'file')} begun.\n`);
  }
  const isGood = files.every(({ reports }) => reports.some(({ report }) => isSecure(report)));
  return exitCodeOf(context.signal, isGood ? 0 : 1);
}

/** Mechanisms times models; a mechanism that calls none is tried once. Everything is checked before anything runs. */
async function planWays(options: CompareOptions, context: CommandContext): Promise<Way[]> {
  const { models, ...others } = options;
  const several = models === undefined ? [others] : models.map((model) => ({ ...others, model }));
  const choices: { label: string; chosen: ChosenModels }[] = [];
  for (const one of several) {
    choices.push({ label: one.model ?? '', chosen: await chooseModels(one, context) });
  }
  const [first] = choices;
  const calling = options.mechanisms.filter((mechanism) => mechanisms[mechanism].repair !== null);
  if (models !== undefined && calling.length === 0) {
    throw new UsageError(
      `--models goes with a mechanism that calls one, and ${options.mechanisms.join(', ')} calls none`,
    );
  }
  return options.mechanisms.flatMap((mechanism) => {
    const tried = calling.includes(mechanism) ? choices : first ? [first] : [];
    return tried.map(({ label, chosen }) => ({
      name: tried.length > 1 ? `${mechanism}@${label}` : mechanism,
      settings: runSettings({ ...options, behavior: options.behavior ?? 'auto', mechanism }, chosen, 'code'),
      chosen,
    }));
  });
}

/** Whether it does the same is half of the answer, so it is asked of every way. */
async function defaultBehavior(engine: Engine, { stderr }: CommandContext): Promise<BehaviorMode> {
  try {
    await engine.checkRunner();
    return 'always';
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RunnerUnavailableError')) throw error;
    stderr.write(`Original and result are not run side by side: ${visibleLine(error.message)}\n`);
    return 'auto';
  }
}

/** The first way is not to pay for the start of the tools. What fails here fails again where it is told. */
async function warmUp(engine: Engine, { analyzers, ggan }: CompareOptions): Promise<void> {
  const code = new Uint8Array();
  await engine.analyze({ code, analyzers }).catch(() => {});
  if (ggan) await engine.explain({ code }).catch(() => {});
}

function withBehavior(ways: readonly Way[], behavior: BehaviorMode): Way[] {
  return ways.map((way) => ({ ...way, settings: { ...way.settings, behavior } }));
}

type Work = { ways: readonly Way[]; tests: Uint8Array | null; engine: Engine; context: CommandContext };

async function compareAll(files: readonly FoundFile[], { ways, tests, engine, context }: Work) {
  const maxIterations = ways[0]?.settings.maxIterations ?? 1;
  const progress = startProgress(context.stderr, files.length * ways.length, { maxIterations });
  const done: { path: string; reports: NamedReport[] }[] = [];
  for (const file of files) {
    const reports: NamedReport[] = [];
    for (const { name, settings, chosen } of ways) {
      if (context.signal.aborted || context.stdout.isClosed()) break;
      const shown = `${file.path}  ${name}`;
      progress.start(shown);
      const source = await readSource(file);
      const { path } = file;
      const report =
        'problem' in source
          ? refusedReport({ path, settings }, `The file was not read: ${source.problem}.`)
          : await engine.harden(
              { path, code: source.bytes, settings, apiKeys: chosen.apiKeys, ...(tests ? { tests } : {}) },
              { signal: context.signal, onState: progress.enter },
            );
      progress.finish(shown, outcomeOf(report));
      reports.push({ name, report });
    }
    if (reports.length > 0) done.push({ path: file.path, reports });
  }
  progress.end();
  return done;
}

function outcomeOf({ verdict, findings }: Report): string {
  const { symbol, label } = verdictWords[verdict];
  return `${symbol} ${label} ${findings.before} → ${findings.after}`;
}

function isSecure({ verdict }: Report): boolean {
  return verdictWords[verdict].tone === 'good';
}
