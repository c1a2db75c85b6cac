import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import type { Output } from '../commands/output.ts';
import { files } from './benchmark-folder.ts';
import { readRecords } from './record-file.ts';
import { seededNumbers } from './sample.ts';

const ENTRY = fileURLToPath(new URL('../sgcode.ts', import.meta.url));

/**
 * Runs a benchmark undisturbed, and once more with that many kills of its process at random points, resumed after each.
 * Returns what was found, in words. `args` are those of `sgcode benchmark` but for --out and --resume.
 */
export async function killAndResume(
  args: readonly string[],
  { kills, seed, stderr }: { kills: number; seed: number; stderr: Output },
): Promise<{ isSame: boolean; account: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sgcode-kills-'));
  try {
    const whole = join(folder, 'whole');
    const killed = join(folder, 'killed');
    const { startMs, workMs } = await timeWhole([...args, '--out', whole], whole);
    const random = seededNumbers(seed);
    const counts: number[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = start([...args, '--out', killed, '--resume']);
      // One kill of four comes while the run starts; the others come after its first record, on through the work.
      const isEarly = random() < 0.25;
      const killAfter = random() * (isEarly ? startMs : (3 * workMs) / kills);
      const exit = once(child, 'exit');
      if (!isEarly) await Promise.race([exit, growth(join(killed, files.records))]);
      await Promise.race([exit, delay(killAfter)]);
      const isAtWork = child.exitCode === null;
      child.kill('SIGKILL');
      await exit;
      counts.push((await recordsOf(killed).catch(() => [])).length);
      stderr.write(
        `kill ${kill} of ${kills}: ${counts.at(-1)} records${isAtWork ? '' : ', finished before'}\n`,
      );
    }
    await finish([...args, '--out', killed, '--resume']);
    const [expected, found] = await Promise.all([recordsOf(whole), recordsOf(killed)]);
    const isSame = JSON.stringify(found.map(comparable)) === JSON.stringify(expected.map(comparable));
    const account = `${expected.length} records undisturbed, ${found.length} after ${kills} kills at ${counts.join(', ')} records: ${isSame ? 'the same' : 'NOT the same'} but for times`;
    return { isSame, account };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until a file is larger than it is now, for a minute at most. */
async function growth(path: string): Promise<void> {
  const before = sizeOf(path);
  for (let tries = 0; tries < 3_000 && sizeOf(path) <= before; tries += 1) await delay(20);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** How long an undisturbed run takes to its first record, and from there to its end. */
async function timeWhole(args: readonly string[], folder: string) {
  const started = performance.now();
  let startMs = 0;
  const timer = setInterval(() => {
    if (startMs === 0 && sizeOf(join(folder, files.records)) > 0) startMs = performance.now() - started;
  }, 20);
  await finish(args).finally(() => clearInterval(timer));
  return { startMs, workMs: performance.now() - started - startMs };
}

/** A record without what a clock or a meter says, which no two runs have in common. */
export function comparable({ ms, resources, ...record }: BenchmarkRecord) {
  return record;
}

/** The records of a folder, in an order of their own. */
export async function recordsOf(folder: string): Promise<BenchmarkRecord[]> {
  const records: BenchmarkRecord[] = [];
  for await (const record of readRecords(join(folder, files.records))) records.push(record);
  const keyOf = ({ program, arm }: BenchmarkRecord) => JSON.stringify([program, arm]);
  return records.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [ENTRY, 'benchmark', ...args], { stdio: 'ignore' });
}

async function finish(args: readonly string[]): Promise<void> {
  const [code] = await once(start(args), 'exit');
  if (code !== 0)
    throw new Error(`the benchmark ended with status ${code}: sgcode benchmark ${args.join(' ')}`);
}
