import { describe, expect, it } from '@jest/globals';
import type { AppliedEdit } from '#domain/edit-plan.ts';
import { RunnerUnavailableError } from '#domain/errors.ts';
import { ProgramGatesSchema } from '#domain/gates.ts';
import { type BehaviorMode, RunSettingsSchema } from '#domain/loop-state.ts';
import type { DeclaredChange } from '#domain/operators.ts';
import type { RepairedPart } from '#domain/repair.ts';
import type { Run } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { TestRun } from '#domain/test-outcomes.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import type { Services } from '#ports/services.ts';
import type { BehaviorCheck, BehaviorRequest, TestsRequest } from '#ports/test-runner/test-runner.ts';
import { moduleNames } from './module-names.ts';
import { runPrograms } from './run-programs.ts';

const runId = 'a'.repeat(32);
const keys = runKeys(runId);
const encoder = new TextEncoder();

const KEPT: BehaviorCheck = {
  verdict: 'kept',
  difference: null,
  reason: null,
  compared: 7,
  unreached: [],
  ms: 1,
};

function testRun(outcome: 'passed' | 'failed'): TestRun {
  return { tests: [{ id: 'test_x', outcome, message: '' }], ended: 'complete', reason: null, ms: 1 };
}

const REPAIRED: RepairedPart = { name: 'log_in', line: 1, targets: [], declared: [], environment: [] };

/** Services whose programs behave as told, and what they were asked. */
function servicesThat({
  behavior = KEPT,
  outcome = 'passed',
  isUnavailable = false,
  applied = [],
  repaired = [],
}: {
  behavior?: BehaviorCheck;
  outcome?: 'passed' | 'failed';
  isUnavailable?: boolean;
  applied?: AppliedEdit[];
  repaired?: RepairedPart[];
}) {
  const asked: { tests: TestsRequest[]; behavior: BehaviorRequest[] } = { tests: [], behavior: [] };
  const blobs = new Map<string, Uint8Array>([
    [keys.original, encoder.encode('\uFEFForiginal = 1\n')],
    [keys.candidate(1), encoder.encode('candidate = 1\n')],
    [keys.tests, encoder.encode('import app\n')],
    [keys.edits(1), encoder.encode(JSON.stringify({ applied, declined: [], repaired }))],
  ]);
  const refuse = () => {
    if (isUnavailable) throw new RunnerUnavailableError('no bwrap here');
  };
  const services = {
    blobStore: memoryBlobStore(blobs),
    runStore: {
      get: async () => ({ path: 'src/app.py' }) as Run,
      recordProgress: async () => {},
    },
    testRunner: {
      checkBehavior: async (request: BehaviorRequest) => {
        refuse();
        asked.behavior.push(request);
        return behavior;
      },
      runTests: async (request: TestsRequest) => {
        refuse();
        asked.tests.push(request);
        return testRun(request.program.startsWith('original') ? 'passed' : outcome);
      },
    },
  } as unknown as Services;
  const gates = () =>
    ProgramGatesSchema.parse(JSON.parse(new TextDecoder().decode(blobs.get(keys.checks(1)))));
  return { services, asked, gates };
}

function input(behavior: BehaviorMode, hasTests: boolean) {
  return {
    state: {
      runId,
      settings: RunSettingsSchema.parse({ behavior }),
      startedAt: '2026-01-01T00:00:00.000Z',
      originalKey: keys.original,
      testsKey: hasTests ? keys.tests : null,
      bestKey: keys.original,
      acceptedEditsKey: null,
      promptKey: null,
      iteration: 1,
      turn: 'edits' as const,
      mode: 'together' as const,
      attempt: 1,
    },
    plan: {
      next: 'apply' as const,
      stopped: null,
      open: 1,
      planned: 1,
      planKey: keys.plan(1),
      baseKey: keys.original,
      baseEditsKey: null,
      excerptKey: keys.excerpt(1),
      answerKey: keys.answer(1),
      candidateKey: keys.candidate(1),
      editsKey: keys.edits(1),
      gatesKey: keys.gates(1),
      runsPrograms: true,
      runsBehavior: behavior === 'always',
      checksKey: keys.checks(1),
      declaredKeys: [keys.edits(1)],
      ms: 1,
    },
  };
}

function edit(kind: DeclaredChange['kind'], name: string): AppliedEdit {
  return {
    id: 'safe-loader:1',
    operator: 'safe-loader',
    cwe: null,
    source: 'analyzer',
    line: 1,
    summary: 'Changed.',
    declared: [{ kind, name, definition: '', detail: 'It differs.' }],
    environment: [],
  };
}

describe('runPrograms', () => {
  it('lights both lights with their evidence', async () => {
    const { services, gates } = servicesThat({});

    const lights = await runPrograms(input('always', true), services);

    expect(lights).toMatchObject({ behavior: 'pass', tests: 'pass' });
    expect(gates().behavior.checked).toContain('7 observations');
    expect(gates().tests.evidence[0]?.message).toBe('1 test passes before and after');
  });

  it('runs the tests twice on each program, by the name of its file and without its byte order mark', async () => {
    const { services, asked } = servicesThat({});

    await runPrograms(input('never', true), services);

    expect(asked.tests.map(({ program }) => program)).toEqual([
      'original = 1\n',
      'original = 1\n',
      'candidate = 1\n',
      'candidate = 1\n',
    ]);
    expect(asked.tests[0]).toMatchObject({
      module: 'app',
      testsFile: 'test_program.py',
      tests: 'import app\n',
    });
    expect(asked.behavior).toEqual([]);
  });

  it('runs the original once for all candidates of a run', async () => {
    const { services, asked } = servicesThat({});

    await runPrograms(input('never', true), services);
    await runPrograms(input('never', true), services);

    expect(asked.tests.filter(({ program }) => program.startsWith('original'))).toHaveLength(2);
  });

  it('fails where a test does not pass any more', async () => {
    const { services, gates } = servicesThat({ outcome: 'failed' });

    expect(await runPrograms(input('never', true), services)).toMatchObject({
      behavior: 'not-run',
      tests: 'fail',
    });
    expect(gates().tests.evidence[0]?.message).toContain('passed before, failed after: test_x');
  });

  it('fails where the programs act differently, and then spares the tests', async () => {
    const deviated: BehaviorCheck = {
      ...KEPT,
      verdict: 'deviated',
      difference: 'GET /a answers 404, not 200',
    };
    const { services, asked, gates } = servicesThat({ behavior: deviated });

    expect(await runPrograms(input('always', true), services)).toMatchObject({
      behavior: 'fail',
      tests: 'not-run',
    });
    expect(gates().behavior.evidence).toEqual([{ message: 'GET /a answers 404, not 200', line: null }]);
    expect(asked.tests).toEqual([]);
  });

  it.each([
    ['digest', 'sha256', ['digest'], 'another hash function'],
    ['setting', 'key_size', ['key-size'], 'longer ones'],
    ['message', 'sql', ['shown-query'], 'values apart'],
    ['setting', 'usedforsecurity', [], ''],
    ['exception', 'SSLError', [], ''],
  ] as const)('takes as the same only what is declared: %s %s', async (kind, name, allowed, said) => {
    const { services, asked, gates } = servicesThat({ applied: [edit(kind, name)] });

    await runPrograms(input('always', false), services);

    expect(asked.behavior).toMatchObject([{ allowed }]);
    expect(gates().behavior.checked).toContain(said);
    expect(gates().behavior.checked.includes('because')).toBe(said !== '');
  });

  it('leaves the light out, with the reason, where the programs cannot be compared', async () => {
    const odd: BehaviorCheck = {
      ...KEPT,
      verdict: 'not-runnable',
      reason: 'it does not compile',
      compared: 0,
    };
    const { services, gates } = servicesThat({ behavior: odd });

    expect((await runPrograms(input('always', false), services)).behavior).toBe('not-run');
    expect(gates().behavior.notChecked).toContain('it does not compile');
  });

  it('claims nothing of a function in which nothing that a model changed ran', async () => {
    const missed: BehaviorCheck = {
      ...KEPT,
      unreached: [
        { part: 'log_in', lines: [3, 4], isWhole: true },
        { part: '', lines: [9], isWhole: false },
        { part: 'show', lines: [], isWhole: true },
      ],
    };
    const byModel = servicesThat({ behavior: missed, repaired: [REPAIRED] });
    const byOperators = servicesThat({ behavior: missed, applied: [edit('exception', 'SSLError')] });

    expect((await runPrograms(input('always', false), byModel.services)).behavior).toBe('not-run');
    expect(byModel.gates().behavior.notChecked).toContain('what changed in `log_in` (lines 3, 4), `show`.');
    expect((await runPrograms(input('always', false), byOperators.services)).behavior).toBe('pass');
    expect(byOperators.gates().behavior.notChecked).toContain(
      '`log_in` (lines 3, 4), the module (line 9), `show`.',
    );
  });

  it('says which changed lines did not run beside those that did', async () => {
    const missed = { ...KEPT, unreached: [{ part: '', lines: [9], isWhole: false }] };
    const { services, gates } = servicesThat({ behavior: missed });

    expect((await runPrograms(input('always', false), services)).behavior).toBe('pass');
    expect(gates().behavior.notChecked).toContain('no input reached: the module (line 9).');
  });

  it('does not go on where programs were to be run and cannot be sealed off', async () => {
    const { services } = servicesThat({ isUnavailable: true });

    await expect(runPrograms(input('always', false), services)).rejects.toThrow('no bwrap here');
    await expect(runPrograms(input('never', true), services)).rejects.toThrow('no bwrap here');
  });
});

describe('moduleNames', () => {
  it.each([
    ['src/app.py', 'app', 'test_program.py'],
    ['C:\\work\\app.py', 'app', 'test_program.py'],
    ['my-app.py', 'program', 'test_program.py'],
    ['2nd.py', 'program', 'test_program.py'],
    ['test_program.py', 'test_program', 'test_of_it.py'],
    ['../../x;rm -rf', 'program', 'test_program.py'],
  ])('%s', (path, module, testsFile) => {
    expect(moduleNames(path)).toEqual({ module, testsFile });
  });
});
