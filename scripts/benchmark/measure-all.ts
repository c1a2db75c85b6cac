import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { Item } from './item-messages.ts';
import { ItemLostError, type ItemProcess } from './item-process-handle.ts';

/** A program and the arms in which it is still to be measured. */
export type ProgramWork = {
  name: string;
  arms: readonly Arm[];
  /** The item of an arm, read when its turn comes. Rejects where the data cannot be read any more. */
  item(arm: Arm): Promise<Item>;
};

type MeasuringProcess = Pick<ItemProcess, 'measure' | 'close'>;

export type MeasureHooks = {
  startProcess(): MeasuringProcess;
  /** What is said of an item that was lost twice. */
  lostRecord(item: Item, reason: string): Promise<BenchmarkRecord>;
  onRecord(record: BenchmarkRecord): void;
  onStart(program: string, arm: string): void;
  signal: AbortSignal;
};

const TRIES = 2;

/**
 * Measures all of the work with `jobs` processes. Programs are handed out in their order, and a program stays with
 * its process. An item whose process dies is tried once more in a new one. Returns early, without error, when the
 * signal aborts; what was under way then has no record. Rejects with ModelOutageError, or where data cannot be read,
 * once all processes are closed.
 */
export async function measureAll(
  work: readonly ProgramWork[],
  jobs: number,
  hooks: MeasureHooks,
): Promise<void> {
  const queue = work.values();
  const failure = new AbortController();
  const signal = AbortSignal.any([hooks.signal, failure.signal]);
  const lines = Array.from({ length: Math.min(jobs, work.length) }, () =>
    measureQueue(queue, { ...hooks, signal }).catch((error: unknown) => {
      // Nobody waits for what the others would still measure.
      failure.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(lines);
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function measureQueue(queue: Iterator<ProgramWork>, hooks: MeasureHooks): Promise<void> {
  const { signal } = hooks;
  let current: MeasuringProcess | null = null;
  const stop = () => void current?.close();
  signal.addEventListener('abort', stop);
  const measure = async (item: Item): Promise<BenchmarkRecord> => {
    current ??= hooks.startProcess();
    try {
      return await current.measure(item);
    } catch (error) {
      current = null;
      throw error;
    }
  };
  try {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      for (const arm of next.value.arms) {
        if (signal.aborted) return;
        hooks.onStart(next.value.name, arm.name);
        const record = await measureTwice(await next.value.item(arm), measure, hooks);
        if (record === null) return;
        hooks.onRecord(record);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await (current as MeasuringProcess | null)?.close();
  }
}

/** The record of an item, or null where the signal aborted. */
async function measureTwice(
  item: Item,
  measure: (item: Item) => Promise<BenchmarkRecord>,
  { signal, lostRecord }: MeasureHooks,
): Promise<BenchmarkRecord | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await measure(item);
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof ItemLostError)) throw error;
      if (tries === TRIES) return lostRecord(item, error.message);
    }
  }
}
