import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { LocalConfig } from '../local-config.ts';

const AnswerSchema = z.object({
  code: z.string(),
  rounds: z.int().min(0),
  /** Of each process that analyzed. */
  analysesMs: z.array(z.number().min(0)),
});
export type PipelineAnswer = z.infer<typeof AnswerSchema>;

export type PipelineRequest = {
  code: string;
  /** What the language model says, one a round. */
  answers: readonly string[];
  /** How often the program is analyzed before the first round. */
  analysesBefore: number;
};

/** The paper's pipeline, re-created without its language model: a server process that secures a program a request. */
export type PaperPipeline = {
  pid: number | undefined;
  /** Rejects where it cannot be done. */
  secure(program: PipelineRequest): Promise<PipelineAnswer>;
  /** Ends the server. Idempotent. */
  close(): Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 600_000;

/** Starts the server and returns once it answers. Rejects when it does not. */
export async function startPaperPipeline({
  python,
  workerDir,
}: Pick<LocalConfig, 'python' | 'workerDir'>): Promise<PaperPipeline> {
  const bandit = join(dirname(python), 'bandit');
  const server = spawn(python, [join(workerDir, 'measure', 'paper_pipeline.py'), '--bandit', bandit], {
    // It ends with its input, and so with this process, however that ends.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => {
    server.on('close', () => resolve());
    server.on('error', () => resolve());
  });
  const close = async () => {
    server.stdin.end();
    await ended;
  };
  try {
    const lines = createInterface(server.stdout);
    const port = await Promise.race([
      once(lines, 'line', { signal: AbortSignal.timeout(START_TIMEOUT_MS) }).then(([line]) => Number(line)),
      ended.then(() => Promise.reject(new Error("the re-created paper's pipeline did not start"))),
    ]);
    const address = `http://127.0.0.1:${port}/`;
    // Its first request also loads what this process asks with.
    await ask(address, {});
    return {
      pid: server.pid,
      secure: async (program) =>
        AnswerSchema.parse(await ask(address, { method: 'POST', body: JSON.stringify(program) })),
      close,
    };
  } catch (error) {
    server.kill('SIGKILL');
    await ended;
    throw error;
  }
}

async function ask(address: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(address, { ...request, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new Error(`the re-created paper's pipeline failed: ${JSON.stringify(answer)}`);
}
