import { describe, expect, it } from '@jest/globals';
import { compareTestRuns, type TestOutcome, type TestRun, type TwoTestRuns } from './test-outcomes.ts';

const run = (outcomes: Record<string, TestOutcome>, more: Partial<TestRun> = {}): TestRun => ({
  tests: Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome, message: '' })),
  ended: 'complete',
  reason: null,
  ms: 1,
  ...more,
});
const twice = (outcomes: Record<string, TestOutcome>, more: Partial<TestRun> = {}): TwoTestRuns => [
  run(outcomes, more),
  run(outcomes, more),
];

describe('compareTestRuns', () => {
  it('passes when everything that passed before passes after', () => {
    expect(compareTestRuns(twice({ a: 'passed', b: 'passed' }), twice({ a: 'passed', b: 'passed' }))).toEqual(
      {
        light: 'pass',
        evidence: ['2 tests pass before and after'],
      },
    );
  });

  it.each(['failed', 'error', 'skipped'] as const)(
    'fails when a test that passed before is %s after',
    (after) => {
      expect(compareTestRuns(twice({ a: 'passed' }), twice({ a: after }))).toEqual({
        light: 'fail',
        evidence: [`passed before, ${after} after: a`],
      });
    },
  );

  it('fails when a test that passed before is missing after', () => {
    const { light, evidence } = compareTestRuns(twice({ a: 'passed', b: 'passed' }), twice({ b: 'passed' }));

    expect({ light, evidence }).toEqual({ light: 'fail', evidence: ['passed before, missing after: a'] });
  });

  it('fails when the candidate passes in one of its runs only', () => {
    const candidate: TwoTestRuns = [run({ a: 'passed' }), run({ a: 'failed' })];

    expect(compareTestRuns(twice({ a: 'passed' }), candidate).light).toBe('fail');
  });

  it('says why a test fails after', () => {
    const candidate = twice({}, { tests: [{ id: 'a', outcome: 'failed', message: 'assert 1 == 2\nwhere' }] });

    expect(compareTestRuns(twice({ a: 'passed' }), candidate).evidence).toEqual([
      'passed before, failed after: a (assert 1 == 2)',
    ]);
  });

  it('lists what failed before, and lets it stay or get better', () => {
    const original = twice({ a: 'passed', b: 'failed', c: 'error' });

    expect(compareTestRuns(original, twice({ a: 'passed', b: 'failed', c: 'passed' }))).toEqual({
      light: 'pass',
      evidence: ['1 test passes before and after', 'failed before: b', 'error before: c'],
    });
  });

  it.each([{ b: 'error' as const }, {}])('fails when what failed before gets worse (%j)', (after) => {
    const original = twice({ a: 'passed', b: 'failed' });

    expect(compareTestRuns(original, twice({ a: 'passed', ...after })).light).toBe('fail');
  });

  it('names flaky tests and does not count them', () => {
    const original: TwoTestRuns = [run({ a: 'passed', b: 'passed' }), run({ a: 'passed', b: 'failed' })];

    expect(compareTestRuns(original, twice({ a: 'passed', b: 'error' }))).toEqual({
      light: 'pass',
      evidence: ['1 test passes before and after', 'flaky, not counted: b (passed, then failed)'],
    });
  });

  it('is not run where no test passes before', () => {
    const { light, evidence } = compareTestRuns(twice({ a: 'failed' }), twice({ a: 'passed' }));

    expect({ light, first: evidence[0] }).toEqual({
      light: 'not-run',
      first: 'no test passes on the original',
    });
    expect(compareTestRuns(twice({}), twice({})).light).toBe('not-run');
  });

  it('is not run where the tests cannot be collected or judged on the original', () => {
    const uncollected = twice({}, { ended: 'uncollected', reason: 'No module named x' });
    const forged = twice({ a: 'failed' }, { ended: 'forged', reason: 'pytest.raises' });

    expect(compareTestRuns(uncollected, uncollected)).toEqual({
      light: 'not-run',
      evidence: ['the tests cannot be collected on the original: No module named x'],
    });
    expect(compareTestRuns(forged, forged)).toEqual({
      light: 'not-run',
      evidence: ['the tests cannot be judged on the original: pytest.raises'],
    });
  });

  it.each(['forged', 'crashed', 'timeout', 'uncollected'] as const)(
    'fails when a run over the candidate ends as %s, whatever its tests say',
    (ended) => {
      const candidate: TwoTestRuns = [run({ a: 'passed' }), run({ a: 'passed' }, { ended, reason: 'why' })];

      expect(compareTestRuns(twice({ a: 'passed' }), candidate)).toEqual({
        light: 'fail',
        evidence: [`the run over the candidate ended as ${ended}: why`],
      });
    },
  );

  it('passes when original and candidate run out of time alike', () => {
    const slow = twice({ a: 'passed', b: 'failed' }, { ended: 'timeout', reason: 'the time was over' });

    expect(compareTestRuns(slow, slow).light).toBe('pass');
  });

  it('names no more tests than a person reads', () => {
    const many = (outcome: TestOutcome) =>
      twice(Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, outcome])));

    const { evidence } = compareTestRuns(many('passed'), many('failed'));

    expect(evidence).toHaveLength(21);
    expect(evidence.at(-1)).toBe('and 30 more');
  });
});
