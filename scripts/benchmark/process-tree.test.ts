import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readTree, watchTree } from './process-tree.ts';

const onLinux = existsSync('/proc/self/stat') ? it : it.skip;

/** Starts a child of a child, which does the work. */
function startBelow(work: string) {
  const inner = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(work)}], { stdio: 'inherit' })`;
  return spawn(process.execPath, ['-e', inner], { stdio: ['pipe', 'pipe', 'inherit'] });
}

describe('the tree of processes', () => {
  onLinux('counts the memory of what is far below while it is there', async () => {
    const before = readTree()?.residentMiB ?? 0;
    const use = watchTree({ intervalMs: 5 });
    const child = startBelow(
      'const held = Buffer.alloc(150 * 1024 * 1024, 1); process.stdout.write("ready"); setTimeout(() => held, 300)',
    );
    await once(child.stdout, 'data');
    const during = readTree()?.residentMiB ?? 0;
    await once(child, 'close');

    expect(during).toBeGreaterThan(before + 150);
    expect(use.stop()?.peakMiB).toBeGreaterThanOrEqual(during - 20);
  });

  onLinux('counts the processor time of what has ended', async () => {
    const use = watchTree();
    const child = startBelow(
      'const end = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < end);',
    );
    await once(child, 'close');

    expect(use.stop()?.cpuSeconds).toBeGreaterThan(0.35);
  });

  it('is nothing where there is no such process', () => {
    expect(readTree(2 ** 22 + 1)).toBeNull();
  });
});
