import { describe, expect, it } from '@jest/globals';
import { EMULATOR_MISSING } from '#ports/fixtures/aws-emulator.ts';
import { readLocalConfig } from '../../local-config.ts';
import { CHECKOUT } from '../../setup/paths.mjs';
import { runWithFaults } from './run-with-faults.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

describeEmulator('runs on AWS where requests, functions and executions fail', () => {
  it('are neither lost nor stuck nor reported twice', async () => {
    const result = await runWithFaults({ runs: 24, seed: 7, config: readLocalConfig({}, CHECKOUT) });

    expect(result.wrong).toEqual([]);
    expect(result.runs).toBe(24);
    expect(Object.values(result.tally.faults)).not.toContain(0);
    expect(result.asWithoutFaults + result.failed).toBe(24);
  }, 120_000);
});
