import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { RunId } from '#domain/loop-state.ts';
import { createLocalRunLauncher } from './local-run-launcher.ts';
import { describeRunLauncher } from './run-launcher.contract.ts';

function launcherThatCounts(concurrency: number, fails: (runId: RunId) => boolean = () => false) {
  const started: RunId[] = [];
  let ended = 0;
  let atWork = 0;
  let most = 0;
  const launcher = createLocalRunLauncher({
    concurrency,
    execute: async (runId) => {
      started.push(runId);
      atWork += 1;
      most = Math.max(most, atWork);
      await turn();
      await turn();
      atWork -= 1;
      ended += 1;
      if (fails(runId)) throw new Error('the execution failed');
    },
  });
  const executed = async (count: number) => {
    while (ended < count) await turn();
    return started;
  };
  return { launcher, executed, most: () => most, started };
}

describeRunLauncher('the local run launcher', async () => launcherThatCounts(2));

describe('the local run launcher', () => {
  it('keeps within its concurrency and the order of launching', async () => {
    const { launcher, executed, most } = launcherThatCounts(3);

    for (let n = 0; n < 10; n += 1) await launcher.launch(String(n));

    expect(await executed(10)).toEqual([...'0123456789']);
    expect(most()).toBe(3);
  });

  it('goes on after an execution that failed', async () => {
    const { launcher, executed } = launcherThatCounts(1, (runId) => runId === 'a');

    await launcher.launch('a');
    await launcher.launch('b');

    expect(await executed(2)).toEqual(['a', 'b']);
  });

  it('takes a run again that was executed before', async () => {
    const { launcher, executed } = launcherThatCounts(1);

    await launcher.launch('a');
    await executed(1);
    await turn();
    await launcher.launch('a');

    expect(await executed(2)).toEqual(['a', 'a']);
  });

  it('waits for what is at work when it closes, and starts nothing more', async () => {
    const { launcher, started } = launcherThatCounts(1);
    await launcher.launch('a');
    await launcher.launch('b');

    await launcher.close();

    expect(started).toEqual(['a']);
    await expect(launcher.launch('c')).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  });
});
