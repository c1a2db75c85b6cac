import { describe, expect, it } from '@jest/globals';
import { EMULATOR_MISSING } from '#ports/fixtures/aws-emulator.ts';
import { readLocalConfig } from '../../local-config.ts';
import { CHECKOUT } from '../../setup/paths.mjs';
import { faultLines } from './fault-lines.ts';
import { runWithFaults } from './run-with-faults.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

describeEmulator('runs on AWS where requests, functions and executions fail', () => {
  // At 1 the SDK's tries nearly always do; at 2 some runs meet a step that fails for good.
  it.each([1, 2])(
    'are neither lost nor stuck nor reported twice: severity %d',
    async (severity) => {
      const config = readLocalConfig({}, CHECKOUT);

      const result = await runWithFaults({ runs: 12, seed: 7, severity, config });

      expect(result.wrong).toEqual([]);
      expect([result.runs, result.asWithoutFaults + result.failed]).toEqual([12, 12]);
      expect(Object.values(result.tally.faults)).not.toContain(0);
      expect(faultLines(result)).toMatch(/^lost, stuck, made or reported twice +0$/m);
    },
    120_000,
  );
});
