import { join } from 'node:path';
import type { DescribeOutput } from '#domain/worker-steps.ts';
import type { ItemSettings } from './item-messages.ts';
import { type ItemProcess, startItemProcess } from './item-process-handle.ts';

/** Processes that start while the data is still being read, because each takes a second to. */
export type EarlyProcesses = {
  /** What their workers say of themselves. Rejects with ItemLostError when they do not start. */
  description(): Promise<DescribeOutput>;
  /** One that nobody has taken yet; one that starts now where there is none. */
  take(): ItemProcess;
  /** Closes those that nobody took. */
  close(): Promise<void>;
};

/** Starts that many processes, each with stores of its own below the folder `home`. */
export function startEarly(count: number, home: string, settings: ItemSettings): EarlyProcesses {
  let started = 0;
  const start = () => {
    started += 1;
    return startItemProcess(join(home, `process-${started}`), settings);
  };
  const idle = Array.from({ length: Math.max(1, count) }, start);
  const [first = start()] = idle;
  return {
    description: () => first.ready,
    take: () => idle.shift() ?? start(),
    close: async () => {
      await Promise.all(idle.splice(0).map((each) => each.close()));
    },
  };
}
