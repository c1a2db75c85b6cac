import { lstat, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { RunSettings } from '#domain/loop-state.ts';
import { PromptSchema } from '#domain/prompt.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { verdictWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { formatJson, hardenedFile, hardenOutput } from '#rendering/render-json.ts';
import { renderText } from '#rendering/render-text.ts';
import { chooseModels } from './chosen-models.ts';
import { type CommandContext, type Engine, exitCodeOf, withEngine } from './command-context.ts';
import { reasonOf } from './find-python-files.ts';
import { jsonTarget, writeJsonTarget } from './json-target.ts';
import type { ModelOptions } from './model-options.ts';
import { startProgress } from './progress.ts';
import type { ProgramOptions } from './run-options.ts';
import { type ChosenModels, runSettings } from './run-settings.ts';
import type { SettingsOptions } from './settings-options.ts';
import { UsageError } from './usage-error.ts';
import { checkRunner, readTestFile } from './user-tests.ts';
import { writeAtomically, writeNew } from './write-file.ts';

export type GenerateOptions = SettingsOptions &
  ModelOptions &
  ProgramOptions & {
    out?: string;
    /** Replace what is at `out`. */
    force?: boolean;
    json?: string;
    details?: boolean;
  };

/** The name of a program that is written nowhere; tests import it by that. */
const NAME = 'generated.py';

/** What 20,000 characters of UTF-8 can take at most. */
const MAX_PROMPT_BYTES = 80_000;

/**
 * Generates a program from a prompt (`-`: from stdin), hardens it, shows it with the evidence and writes it where
 * that was asked for. Returns 0 when it ends without a counted finding, else 1. Rejects with UsageError.
 */
export async function generate(
  prompt: string,
  options: GenerateOptions,
  context: CommandContext,
): Promise<number> {
  const jsonFile = await jsonTarget(options, context.cwd);
  const target = await programTarget(options, context.cwd);
  const tests = options.tests === undefined ? null : await readTestFile(options.tests, context.cwd);
  const wanted = await readPrompt(prompt, context);
  const chosen = await chooseModels(options, context);
  const settings = runSettings(options, chosen, 'prompt');
  const report = await withEngine(
    context,
    async (engine) => {
      if (tests !== null || options.behavior === 'always') await checkRunner(engine);
      return generateOne(
        { path: options.out ?? NAME, prompt: wanted, tests, settings, chosen },
        engine,
        context,
      );
    },
    { unsafeRunner: options.unsafeLocalRunner ?? false },
  );
  show(report, options, context);
  const isWritten = await writeProgram(report, { target, options, context });
  const output = hardenOutput(settings, [hardenedFile(report)]);
  if (options.json === '-') context.stdout.write(formatJson(output));
  await writeJsonTarget(jsonFile, output);
  return exitCodeOf(context.signal, isWritten && verdictWords[report.verdict].tone === 'good' ? 0 : 1);
}

type Wanted = {
  path: string;
  prompt: string;
  tests: Uint8Array | null;
  settings: RunSettings;
  chosen: ChosenModels;
};

async function generateOne(
  { path, prompt, tests, settings, chosen }: Wanted,
  engine: Engine,
  { stderr, signal }: CommandContext,
): Promise<Report> {
  const progress = startProgress(stderr, 1, settings);
  progress.start(path);
  try {
    return await engine.harden(
      { path, prompt, settings, apiKeys: chosen.apiKeys, ...(tests ? { tests } : {}) },
      { signal, onState: progress.enter },
    );
  } finally {
    progress.end();
  }
}

async function readPrompt(typed: string, { readStdin }: CommandContext): Promise<string> {
  const text = typed === '-' ? decoded(await readStdin(MAX_PROMPT_BYTES)) : typed;
  const parsed = PromptSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`the prompt cannot be taken: ${issue?.message ?? 'it is no text.'}`);
}

function decoded(bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_PROMPT_BYTES) {
    throw new UsageError('the prompt cannot be taken: it has more than 20,000 characters.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError('the prompt cannot be taken: it is not UTF-8.');
  }
}

/** Looked at before anything is asked of a model; what was put there meanwhile is not replaced either. */
async function programTarget({ out, force = false }: GenerateOptions, cwd: string): Promise<string | null> {
  if (out === undefined) {
    if (force) throw new UsageError('--force goes with --out, which names the file');
    return null;
  }
  const target = resolve(cwd, out);
  const info = await lstat(target).catch(() => null);
  if (info?.isDirectory()) throw new UsageError(`--out ${out} is a folder: name the file for the program`);
  if (info !== null && !force) throw new UsageError(`--out ${out} is there already: --force replaces it`);
  const folder = await stat(dirname(target)).catch(() => null);
  if (!folder?.isDirectory()) throw new UsageError(`--out ${out}: there is no folder ${dirname(target)}`);
  return target;
}

function show(report: Report, { json, details = false }: GenerateOptions, { stdout }: CommandContext): void {
  if (json === '-') return;
  stdout.write(renderText(report, { color: stdout.hasColors, details, code: true }));
}

/** Whether the program is where it was to be. */
async function writeProgram(
  report: Report,
  { target, options, context }: { target: string | null; options: GenerateOptions; context: CommandContext },
): Promise<boolean> {
  if (target === null) return true;
  const tell = options.json === '-' ? context.stderr : context.stdout;
  const out = visibleLine(options.out ?? '');
  const { code } = report.secured;
  if (code === '') {
    tell.write(`There is no program, so ${out} was not written.\n`);
    return false;
  }
  try {
    const bytes = new TextEncoder().encode(code);
    await (options.force ? writeAtomically(target, bytes) : writeNew(target, bytes));
  } catch (error) {
    context.stderr.write(`${out} could not be written: ${visibleLine(reasonOf(error))}\n`);
    return false;
  }
  tell.write(`The program was written to ${out}\n`);
  return true;
}
