import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { canSeal } from '#ports/test-runner/fixtures/real-runner.ts';
import type { Output } from '../../commands/output.ts';
import { readLocalConfig } from '../../local-config.ts';
import { testRecord } from '../fixtures/test-record.ts';
import { BASELINE_FILE, BaselineSchema, baselineOf, measureRegression, whatGotWorse } from './regression.ts';

const silent: Output = { write: () => {}, isTerminal: false, hasColors: false, isClosed: () => false };
const config = readLocalConfig(process.env, process.cwd());
const whereItCanRun = (await canSeal()) ? it : it.skip;

describe('the programs of the regression', () => {
  whereItCanRun(
    'are secured and kept as before, with no more work (else: npm run benchmark -- renew-baseline)',
    async () => {
      const baseline = BaselineSchema.parse(JSON.parse(await readFile(BASELINE_FILE, 'utf8')));
      const measure = async () => whatGotWorse(baseline, await measureRegression(config, silent));

      // A machine with too much to do can run out of the time that the behavior check has: that shows once only.
      const first = await measure();
      const again = first.length === 0 ? [] : await measure();

      expect(first.filter((problem) => again.includes(problem))).toEqual([]);
    },
    240_000,
  );
});

describe('whatGotWorse', () => {
  const record = (change: Partial<BenchmarkRecord> = {}) =>
    testRecord('a.py', 'rules', { edits: 2, transitions: 13, isSecured: true, isKept: true, ...change });
  const left = (after: number) => ({ before: 2, after, introduced: 0, cwesLeft: [] });
  const baseline = baselineOf([record()]);

  it.each<[string, Partial<BenchmarkRecord>, string]>([
    ['is not secured any more', { isSecured: false }, 'it was secured and kept, and is not'],
    ['is not kept any more', { isKept: false }, 'it was secured and kept, and is not'],
    ['cannot be judged any more', { isKept: null }, 'it was secured and kept, and is not'],
    ['takes more edits', { edits: 3 }, 'it takes 3 edits, and took 2'],
    ['takes more transitions', { transitions: 14 }, 'it takes 14 transitions, and took 13'],
    [
      'takes more tokens',
      { tokens: { prompt: 5, completion: 1, estimated: false } },
      'it takes 6 tokens, and took 0',
    ],
  ])('sees a program that %s', (_, change, problem) => {
    expect(whatGotWorse(baseline, [record(change)])).toEqual([`a.py: ${problem}`]);
  });

  it('sees a program that has more findings left, and one that is missing', () => {
    const unsecured = baselineOf([record({ isSecured: false, findings: left(1) })]);

    expect(whatGotWorse(unsecured, [record({ isSecured: false, findings: left(2) })])).toEqual([
      'a.py: 2 findings are left, and were 1',
    ]);
    expect(whatGotWorse(unsecured, [])).toEqual(['a.py was not measured']);
  });

  it('lets better cost more', () => {
    const unsecured = baselineOf([record({ isSecured: false, findings: left(2) })]);

    expect(whatGotWorse(unsecured, [record({ edits: 9 })])).toEqual([]);
    expect(whatGotWorse(unsecured, [record({ isSecured: false, findings: left(1), edits: 9 })])).toEqual([]);
  });
});
