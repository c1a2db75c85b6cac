import { readdirSync, readFileSync } from 'node:fs';

/** What a process and everything below it use. */
export type TreeUse = {
  /** Of user and system together, ended children that were waited for included. */
  cpuSeconds: number;
  residentMiB: number;
};

/** Of one second; Linux tells user space 100, whatever the kernel uses (man 5 proc, CLK_TCK). */
const TICKS = 100;
const PAGE_MIB = 4096 / 1024 / 1024;

/** What this process and everything below it use now; null where there is no /proc. */
export function readTree(pid = process.pid): TreeUse | null {
  const use = { cpuSeconds: 0, residentMiB: 0 };
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const own = readProcess(next);
    // A process may end between being named and being read.
    if (own === null) continue;
    use.cpuSeconds += own.cpuSeconds;
    use.residentMiB += own.residentMiB;
    waiting.push(...childrenOf(next));
  }
  return use.cpuSeconds > 0 || use.residentMiB > 0 ? use : null;
}

/** Follows what a process and everything below it use until it is stopped: this one without a pid. Linux only: elsewhere null. */
export function watchTree({ pid, intervalMs = 25 }: { pid?: number | undefined; intervalMs?: number } = {}): {
  stop: () => { cpuSeconds: number; peakMiB: number } | null;
} {
  const before = readTree(pid);
  let peakMiB = before?.residentMiB ?? 0;
  const look = () => {
    const now = readTree(pid);
    peakMiB = Math.max(peakMiB, now?.residentMiB ?? 0);
    return now;
  };
  const timer = setInterval(look, intervalMs);
  return {
    stop: () => {
      clearInterval(timer);
      const after = look();
      if (before === null || after === null) return null;
      return { cpuSeconds: Math.max(0, after.cpuSeconds - before.cpuSeconds), peakMiB };
    },
  };
}

function readProcess(pid: number): TreeUse | null {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the command in brackets, which may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 22) return null;
  const field = (number: number) => Number(fields[number - 3]);
  const ticks = field(14) + field(15) + field(16) + field(17);
  return { cpuSeconds: ticks / TICKS, residentMiB: field(24) * PAGE_MIB };
}

/** A child belongs to the thread that started it. */
function childrenOf(pid: number): number[] {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return threads.flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`)
      .split(' ')
      .filter((child) => child !== '')
      .map(Number),
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
