import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { DescribeOutput } from '#domain/worker-steps.ts';
import { type Answer, AnswerSchema, type Item, type ItemSettings, type Request } from './item-messages.ts';

/** The item is lost: its process ended, was ended, or could not measure it. */
export class ItemLostError extends Error {
  override name = 'ItemLostError';
}

/** No model can be asked, so that no item that needs one can be measured. */
export class ModelOutageError extends Error {
  override name = 'ModelOutageError';
}

/** A process that measures one item at a time. */
export type ItemProcess = {
  /** Undefined where it could not be started. */
  pid: number | undefined;
  /** What its worker says of itself, once that has started. Rejects with ItemLostError. */
  ready: Promise<DescribeOutput>;
  /** Rejects with ItemLostError or ModelOutageError; the process is of no use then. */
  measure(item: Item): Promise<BenchmarkRecord>;
  /** Ends the process and what it started. Idempotent. */
  close(): Promise<void>;
};

/** Over what a run may take by its own limit, and the tests and the behavior check after it. */
const ITEM_TIMEOUT_MS = 1_200_000;
/** A process that is told to end and does not is ended. */
const CLOSE_TIMEOUT_MS = 5_000;
const ENTRY = fileURLToPath(new URL('./item-process.ts', import.meta.url));

/** Starts a process that keeps its stores in the folder `home`. */
export function startItemProcess(home: string, settings: ItemSettings): ItemProcess {
  // What a process writes to stderr would break the line of progress; why it failed comes as an answer.
  const child = fork(ENTRY, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
  });
  const tell = (request: Request) => {
    // A process that ended meanwhile shows as its end.
    if (child.connected) child.send(request, () => {});
  };
  const ready = answerFrom(child, ended).then((answer) => {
    if (answer.kind === 'ready') return answer.description;
    throw new ItemLostError('it answered before it was ready');
  });
  // Whoever measures learns of it.
  ready.catch(() => {});
  tell({ kind: 'start', settings, home });
  const close = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  };
  return {
    pid: child.pid,
    ready,
    measure: async (item) => {
      try {
        await ready;
        const answered = answerFrom(child, ended);
        tell({ kind: 'measure', item });
        const answer = await answered;
        if (answer.kind === 'record') return answer.record;
        throw new ItemLostError('it answered something else');
      } catch (error) {
        await close();
        throw error;
      }
    },
    close,
  };
}

/** The next answer of a process. Rejects with ItemLostError or ModelOutageError. */
async function answerFrom(
  child: ChildProcess,
  ended: Promise<void>,
): Promise<Exclude<Answer, { kind: 'failed' | 'outage' }>> {
  const answer = AnswerSchema.safeParse(await nextMessage(child, ended));
  if (!answer.success) throw new ItemLostError('it answered in another form');
  if (answer.data.kind === 'failed') throw new ItemLostError(answer.data.message);
  if (answer.data.kind === 'outage') throw new ModelOutageError(answer.data.message);
  return answer.data;
}

async function nextMessage(child: ChildProcess, ended: Promise<void>): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const timer = setTimeout(
    () => reject(new ItemLostError(`the process did not answer within ${ITEM_TIMEOUT_MS / 1000} s`)),
    ITEM_TIMEOUT_MS,
  );
  void ended.then(() => {
    const how =
      child.signalCode ?? (child.exitCode === null ? 'it did not start' : `status ${child.exitCode}`);
    reject(new ItemLostError(`the process that measured it ended (${how})`));
  });
  child.once('message', resolve);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    child.off('message', resolve);
  }
}
