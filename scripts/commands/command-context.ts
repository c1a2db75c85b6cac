import type { Explanation } from '#domain/analyzed-file.ts';
import type { Analysis, AnalyzerName } from '#domain/finding.ts';
import type { Report } from '#domain/report.ts';
import type { HardenRequest } from '#hardening/harden-code.ts';
import type { CodeModel } from '#ports/code-model/code-model.ts';
import type { Lesson } from '#ports/code-model/lessons.ts';
import type { LocalServer } from '#ports/code-model/local-servers.ts';
import type { BenchmarkRequest } from '../benchmark/benchmark-request.ts';
import type { Output } from './output.ts';

/** What the commands ask of the system; opened once, when the arguments are known to be right. */
export type Engine = {
  /** Bad input comes back as a report with the verdict `failed`. Rejects when the stores fail. */
  harden(
    request: HardenRequest,
    options: { signal: AbortSignal; onState?: (name: string) => void },
  ): Promise<Report>;
  /** Rejects with InvalidInputError or InputTooLargeError for code that is not taken in. */
  analyze(request: { code: Uint8Array; analyzers: AnalyzerName[] }): Promise<Analysis[]>;
  /** What the gGAN says of a program. Rejects as `analyze` does, and with GganUnavailableError. */
  explain(request: { code: Uint8Array }): Promise<Explanation>;
  /** Rejects with NotFoundError. */
  readReport(runId: string): Promise<Report>;
  /** Rejects with RunnerUnavailableError where no program can be run on this machine. */
  checkRunner(): Promise<void>;
  /** Serves until `close`; rejects when the port is taken. */
  serve(options: { port: number }): Promise<{ url: string; close(): Promise<void> }>;
  close(): Promise<void>;
};

/** Models on their servers, asked without a run. */
export type ModelAccess = CodeModel & {
  /** What runs on this machine at the usual ports. Never rejects. */
  findLocalServers(): Promise<LocalServer[]>;
  /** What a server was found not to take. */
  learned(host: string, model: string): Lesson;
};

/** Why a command's signal was aborted, and the exit code that says so. */
export class InterruptedError extends Error {
  override name = 'InterruptedError';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** The exit code of a command whose signal is aborted, else the one given. */
export function exitCodeOf(signal: AbortSignal, otherwise: number): number {
  return signal.reason instanceof InterruptedError ? signal.reason.exitCode : otherwise;
}

export type EngineOptions = {
  /** Run programs without a box: they can then do whatever this user can. */
  unsafeRunner?: boolean;
};

/** Everything a command touches besides its arguments, so that a test can stand in for it. */
export type CommandContext = {
  /** The folder from which relative paths count. */
  cwd: string;
  stdout: Output;
  stderr: Output;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  openEngine(options?: EngineOptions): Promise<Engine>;
  /** Holds nothing open, so it needs no end. */
  openModels(): Promise<ModelAccess>;
  /** The environment variables that the user set: keys of models are in them. */
  env: Readonly<Record<string, string | undefined>>;
  /** What is piped in, at most `maxBytes` and one more. */
  readStdin(maxBytes: number): Promise<Uint8Array>;
};

/** What `benchmark` touches: it measures in processes of its own, so it opens no engine. */
export type BenchmarkContext = CommandContext & {
  /** Measures, and returns the exit code. Rejects with UsageError where the request cannot be met. */
  runBenchmark(request: BenchmarkRequest): Promise<number>;
};

/** Opens the engine for the length of `work` and closes it whatever happens. */
export async function withEngine<T>(
  { openEngine }: Pick<CommandContext, 'openEngine'>,
  work: (engine: Engine) => Promise<T>,
  options: EngineOptions = {},
): Promise<T> {
  const engine = await openEngine(options);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
