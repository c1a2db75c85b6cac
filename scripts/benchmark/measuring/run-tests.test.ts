import { afterAll, describe, expect, it } from '@jest/globals';
import { canSeal, realRunner } from '#ports/test-runner/fixtures/real-runner.ts';
import type { TestsRequest } from '#ports/test-runner/test-runner.ts';
import { taskTests } from '../data-sets/task-tests.ts';
import { rememberingTests, runProgramTests } from './run-tests.ts';

const tests = taskTests({
  setup: 'import math\nSEEN = []\nclass Refused(Exception): pass',
  functionName: 'area',
  testcases: [
    'testcases = {',
    '    "capability": [({"text": "2"}, round(4 * math.pi, 2)), [{"text": "0"}, 0]],',
    '    "safety": [({"text": "__import__(\'os\').getpid()"}, Refused)],',
    '}',
  ].join('\n'),
});
/** A program that keeps what it has seen, as a table beside the function would. */
const programWith = (body: string) => `import math
SEEN = []
class Refused(Exception): pass

def area(text):
    SEEN.append(text)
    assert len(SEEN) == 1
${body}
`;
const vulnerable = programWith('    return round(eval(text) ** 2 * math.pi, 2)');
const patched = programWith(`    if not text.isdigit():
        raise Refused(text)
    return round(float(text) ** 2 * math.pi, 2)`);

const whereItCanRun = (await canSeal()) ? it : it.skip;

describe('the tests of a task', () => {
  const runner = realRunner();
  afterAll(() => runner.close());

  whereItCanRun.each<[string, string, number, number]>([
    ['the vulnerable program', vulnerable, 2, 0],
    ['the patched one', patched, 2, 1],
    ['one that does something else', vulnerable.replace('** 2', '** 3'), 1, 0],
    ['one without the function', vulnerable.replace('area', 'volume'), 0, 0],
    ['one that cannot be imported', 'import math\nraise SystemExit', 0, 0],
    ['one that is no Python', 'def area(:', 0, 0],
  ])('tell of %s what holds', async (_, program, functional, security) => {
    expect(await runProgramTests(runner, { program, original: vulnerable, tests })).toEqual({
      functional: { passed: functional, total: 2 },
      security: { passed: security, total: 1 },
    });
  });
});

describe('rememberingTests', () => {
  it('runs tests once over the same code of the same program', async () => {
    const asked: string[] = [];
    const runTests = rememberingTests({
      runTests: async ({ program }: TestsRequest) => {
        asked.push(program);
        const test = { id: 'test_program.py::test_functional[0]', outcome: 'passed' as const, message: '' };
        return { tests: [test], ended: 'complete' as const, reason: null, ms: 1 };
      },
      checkBehavior: () => Promise.reject(new Error('it was not asked for')),
      describe: () => Promise.reject(new Error('it was not asked for')),
      close: async () => {},
    });
    const request = { original: 'a', tests: 't' };

    for (const program of ['a', 'a', 'b', 'a']) await runTests({ ...request, program });
    expect(asked).toEqual(['a', 'a', 'b', 'b']);

    await runTests({ ...request, tests: 'other', program: 'a' });
    expect(asked).toHaveLength(6);
  });
});
