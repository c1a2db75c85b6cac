import { readdir, readFile } from 'node:fs/promises';

/**
 * Samples the resident memory of this process and its children together, in MiB, until stopped.
 * Linux only: elsewhere the peak is null, because /proc is where it is read.
 */
export function watchPeakMemory(intervalMs = 50): { stop: () => Promise<number | null> } {
  let peak: number | null = null;
  const sample = async () => {
    const now = await residentMemory();
    if (now !== null) peak = Math.max(peak ?? 0, now);
  };
  const timer = setInterval(() => void sample(), intervalMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await sample();
      return peak;
    },
  };
}

/** The memory of the process and of everything below it; null where there is no /proc. */
async function residentMemory(): Promise<number | null> {
  const processes = await readProcesses();
  if (processes.length === 0) return null;
  const family = new Set([process.pid]);
  // Children have higher ids than their parents except after a wrap, so a few passes always settle it.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid)).reduce((sum, { kib }) => sum + kib, 0) / 1024;
}

async function readProcesses(): Promise<{ pid: number; parent: number; kib: number }[]> {
  const names = await readdir('/proc').catch(() => []);
  const read = names
    .filter((name) => /^\d+$/.test(name))
    .map(async (name) => {
      // A process may end between the listing and the reading.
      const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
      const field = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return { pid: Number(name), parent: field('PPid'), kib: field('VmRSS') };
    });
  return Promise.all(read);
}
