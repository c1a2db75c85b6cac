import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { HardenedFile } from '#domain/harden-output.ts';
import type { RunSettings } from '#domain/loop-state.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf, verdictWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { refusedReport } from '#hardening/report/refused-report.ts';
import { formatJson, hardenedFile, hardenOutput } from '#rendering/render-json.ts';
import { renderHardenTable } from '#rendering/render-table.ts';
import { renderText } from '#rendering/render-text.ts';
import { chooseModels } from './chosen-models.ts';
import { type CommandContext, type Engine, exitCodeOf, withEngine } from './command-context.ts';
import { type Delivery, deliver } from './deliver.ts';
import { planDestinations } from './destinations.ts';
import { type FoundFile, type FoundFiles, findPythonFiles } from './find-python-files.ts';
import { jsonTarget, writeJsonTarget } from './json-target.ts';
import type { ModelOptions } from './model-options.ts';
import { startProgress } from './progress.ts';
import { readSource } from './read-source.ts';
import type { ProgramOptions } from './run-options.ts';
import { type ChosenModels, runSettings } from './run-settings.ts';
import type { SettingsOptions } from './settings-options.ts';
import { UsageError } from './usage-error.ts';
import { checkRunner, readTests } from './user-tests.ts';

export type HardenOptions = SettingsOptions &
  ModelOptions &
  ProgramOptions & {
    out?: string;
    write?: boolean;
    /** A file, or `-` for stdout, which then carries nothing else. */
    json?: string;
    details?: boolean;
  };

/** The exit code of a program that was ended by the end of its output's reader. */
const READER_GONE = 141;

/**
 * Hardens files one after the other, delivers each result as soon as it is there, and sums up.
 * Returns 0 when every file ends without a counted finding, else 1. An interrupted command finishes the
 * file at hand and reports what is done.
 */
export async function harden(
  paths: readonly string[],
  options: HardenOptions,
  context: CommandContext,
): Promise<number> {
  const root = options.out === undefined ? null : resolve(context.cwd, options.out);
  const jsonFile = await jsonTarget(options, context.cwd);
  const found = await findPythonFiles(paths, { cwd: context.cwd, exclude: root });
  const delivery = await planDelivery(found, root, options);
  const tests = await readTests(options, found, context);
  const chosen = await chooseModels(options, context);
  const settings = runSettings(options, chosen, 'code');
  tellSkipped(found, context);

  const { files, isReaderGone } = await withEngine(
    context,
    async (engine) => {
      if (tests !== null || options.behavior === 'always') await checkRunner(engine);
      return hardenAll(found.files, { options, settings, chosen, delivery, tests, engine, context });
    },
    { unsafeRunner: options.unsafeLocalRunner ?? false },
  );
  if (isReaderGone) return READER_GONE;
  const output = hardenOutput(settings, files);
  if (options.json === '-') context.stdout.write(formatJson(output));
  else if (found.files.length > 1) {
    context.stdout.write(renderHardenTable(output.files, output.totals, { color: context.stdout.hasColors }));
  }
  await writeJsonTarget(jsonFile, output);
  if (context.signal.aborted) {
    context.stderr.write(`Stopped after ${files.length} of ${countOf(found.files.length, 'file')}.\n`);
  }
  const isGood = files.every(({ verdict }) => verdictWords[verdict].tone === 'good');
  return exitCodeOf(context.signal, isGood ? 0 : 1);
}

type Work = {
  options: HardenOptions;
  settings: RunSettings;
  chosen: ChosenModels;
  delivery: Delivery;
  tests: Uint8Array | null;
  engine: Engine;
  context: CommandContext;
};

type Shown = Pick<Work, 'options' | 'delivery' | 'context'>;

async function hardenAll(files: readonly FoundFile[], work: Work) {
  const { options, settings, delivery, context } = work;
  const progress = startProgress(context.stderr, files.length, settings);
  const done: HardenedFile[] = [];
  let written = 0;
  for (const file of files) {
    if (context.signal.aborted) break;
    // Nothing is left to do for a reader who has gone, unless files are to be written.
    if (context.stdout.isClosed() && delivery.kind === 'show') return { files: done, isReaderGone: true };
    progress.start(file.path);
    const { report, problem, isWritten } = await hardenOne(file, work, progress.enter);
    progress.finish(file.path, outcomeOf(report));
    if (isWritten) written += 1;
    if (problem !== null) {
      context.stderr.write(`${visibleLine(file.path)} could not be written: ${visibleLine(problem)}\n`);
    }
    done.push(hardenedFile(report));
    showReport(report, { isOnly: files.length === 1, options, delivery, context });
  }
  progress.end();
  tellWritten(written, { options, delivery, context });
  return { files: done, isReaderGone: false };
}

/** Hardens and delivers one file. A result that could not be written is a failed one. */
async function hardenOne(file: FoundFile, work: Work, onState: (name: string) => void) {
  const { settings, chosen, delivery, tests, engine, context } = work;
  const { path } = file;
  const source = await readSource(file);
  const report =
    'problem' in source
      ? refusedReport({ path, settings }, `The file was not read: ${source.problem}.`)
      : await engine.harden(
          { path, code: source.bytes, settings, apiKeys: chosen.apiKeys, ...(tests ? { tests } : {}) },
          { signal: context.signal, onState },
        );
  const { written, problem } = await deliver(delivery, file, source, report);
  if (problem === null) return { report, problem, isWritten: written };
  const reason = `The result could not be written: ${problem}. (${report.reason})`;
  return { report: { ...report, verdict: 'failed', reason } satisfies Report, problem, isWritten: false };
}

function showReport(
  report: Report,
  { isOnly, options, delivery, context }: Shown & { isOnly: boolean },
): void {
  if (options.json === '-') return;
  const isShown = isOnly || delivery.kind === 'show' || options.details;
  if (!isShown) return;
  const text = renderText(report, {
    color: context.stdout.hasColors,
    details: options.details ?? false,
    diff: delivery.kind === 'show',
  });
  context.stdout.write(isOnly ? text : `${text}\n`);
}

function outcomeOf({ verdict, findings }: Report): string {
  const { symbol, label } = verdictWords[verdict];
  return `${symbol} ${label} ${findings.before} → ${findings.after}`;
}

function tellSkipped({ skipped }: FoundFiles, { stderr }: CommandContext): void {
  if (skipped.length === 0) return;
  const shown = skipped.slice(0, 10).map(({ path, why }) => `${visibleLine(path)} (${why})`);
  const more = skipped.length > shown.length ? `, and ${skipped.length - shown.length} more` : '';
  stderr.write(`Passed over: ${shown.join(', ')}${more}\n`);
}

function tellWritten(written: number, { options, delivery, context }: Shown): void {
  if (delivery.kind === 'show') return;
  const output = options.json === '-' ? context.stderr : context.stdout;
  const where =
    delivery.kind === 'folder' ? `written below ${visibleLine(options.out ?? '')}` : 'changed in place';
  output.write(`${countOf(written, 'file')} ${where}\n\n`);
}

async function planDelivery(
  { files, base }: FoundFiles,
  root: string | null,
  { write = false }: HardenOptions,
): Promise<Delivery> {
  if (root === null) return { kind: write ? 'in-place' : 'show' };
  const info = await stat(root).catch(() => null);
  if (info !== null && !info.isDirectory()) throw new UsageError(`--out ${root} is not a folder`);
  return { kind: 'folder', destinations: await planDestinations(files, { root, base }) };
}
