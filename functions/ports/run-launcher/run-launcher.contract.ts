import { describe, expect, it } from '@jest/globals';
import type { RunId } from '#domain/loop-state.ts';
import type { RunLauncher } from './run-launcher.ts';

const runId = (n: number) => n.toString(16).padStart(32, '0');

/** A launcher to be tested, and how to see what it executed. */
export type LauncherUnderTest = {
  launcher: RunLauncher;
  /** Resolves when so many executions have ended; the run ids, in the order of their starts. */
  executed(count: number): Promise<RunId[]>;
};

/** What every run launcher promises. */
export function describeRunLauncher(name: string, open: () => Promise<LauncherUnderTest>): void {
  describe(`${name}, as any run launcher`, () => {
    it('executes a launched run', async () => {
      const { launcher, executed } = await open();

      await launcher.launch(runId(1));

      expect(await executed(1)).toEqual([runId(1)]);
    });

    it('executes a run once that was launched twice', async () => {
      const { launcher, executed } = await open();

      await Promise.all([launcher.launch(runId(1)), launcher.launch(runId(1))]);
      await launcher.launch(runId(2));

      expect((await executed(2)).toSorted()).toEqual([runId(1), runId(2)]);
    });

    it('executes twenty runs launched at once', async () => {
      const { launcher, executed } = await open();
      const ids = Array.from({ length: 20 }, (_, n) => runId(n));

      await Promise.all(ids.map((id) => launcher.launch(id)));

      expect((await executed(20)).toSorted()).toEqual(ids.toSorted());
    });
  });
}
