import { describe, expect, it } from '@jest/globals';
import { addCounts, countCheck, countJest, countPytest, finalCounts, formatCounts } from './count-tests.ts';

const ENDED_WELL = { exitCode: 0, timedOut: false };
const JEST = {
  numPassedTests: 10,
  numFailedTests: 2,
  numPendingTests: 1,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 3,
};

describe('countJest', () => {
  it('counts a file that could not run as failed', () => {
    expect(countJest(JSON.stringify(JEST))).toEqual({ passed: 10, failed: 5, skipped: 2 });
  });

  it('refuses what is no result', () => {
    expect(() => countJest('{}')).toThrow();
    expect(() => countJest('{"numPassedTests": 1')).toThrow();
  });
});

describe('countPytest', () => {
  it('counts failures, errors and skipped tests of a recorded result', () => {
    const xml =
      '<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="7" time="0.026" timestamp="2026-01-01T00:00:00" hostname="here"><testcase classname="tests.test_a" name="test_failures=&quot;9&quot;" time="0.001" /></testsuite></testsuites>';

    expect(countPytest(xml)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('refuses what is no result', () => {
    expect(() => countPytest('')).toThrow(/no test suite/);
    expect(() => countPytest('<testsuite name="pytest" tests="3">')).toThrow();
  });
});

describe('finalCounts', () => {
  const green = { passed: 3, failed: 0, skipped: 1 };

  it('leaves a suite alone that ended as its tests did', () => {
    expect(finalCounts(green, ENDED_WELL)).toEqual(green);
    expect(finalCounts({ ...green, failed: 2 }, { ...ENDED_WELL, exitCode: 1 })).toEqual({
      ...green,
      failed: 2,
    });
  });

  it.each([
    ['left no result', null, ENDED_WELL],
    ['crashed with all tests green', green, { ...ENDED_WELL, exitCode: 139 }],
    ['was killed', green, { ...ENDED_WELL, exitCode: null }],
    ['ran into its time limit', green, { exitCode: 0, timedOut: true }],
    ['ran no test', { passed: 0, failed: 0, skipped: 0 }, ENDED_WELL],
  ])('counts one more failed where a suite %s', (_name, counts, ending) => {
    expect(finalCounts(counts, ending).failed).toBe(1);
  });
});

describe('formatCounts', () => {
  it('names skipped tests only where there are some', () => {
    expect(formatCounts(countCheck(0))).toBe('1 passed, 0 failed');
    expect(formatCounts(addCounts([countCheck(1), { passed: 2, failed: 0, skipped: 4 }]))).toBe(
      '2 passed, 1 failed, 4 skipped',
    );
  });
});
