import { describe, expect, it } from '@jest/globals';
import {
  type LoopState,
  type PlanOutput,
  type RunSettingsInput,
  RunSettingsSchema,
} from '#domain/loop-state.ts';
import { runKeys } from '#domain/run-keys.ts';
import { noEdits } from '../leading-edits.ts';
import type { Judgement } from './judge.ts';
import { nextState } from './next-state.ts';

const keys = runKeys('c'.repeat(32));
const MODEL = { general: { name: 'm', baseUrl: 'http://127.0.0.1:8080/v1' } };

const BETTER: Judgement = { outcome: 'accepted', reasons: [], isNewBest: true, goal: false };
const GOAL: Judgement = { ...BETTER, goal: true };
const REJECTED: Judgement = { outcome: 'rejected', reasons: ['a gate'], isNewBest: false, goal: false };
const NO_CHANGE: Judgement = { outcome: 'no-change', reasons: [], isNewBest: false, goal: false };

function afterJudgement(
  judgement: Judgement,
  next: PlanOutput['next'],
  over: Partial<Omit<LoopState, 'settings'>> & { settings?: RunSettingsInput } = {},
) {
  const state: LoopState = {
    runId: 'c'.repeat(32),
    startedAt: '2026-01-01T00:00:00.000Z',
    originalKey: keys.original,
    testsKey: null,
    promptKey: null,
    bestKey: keys.original,
    acceptedEditsKey: null,
    iteration: 1,
    turn: next === 'repair' ? 'repair' : 'edits',
    mode: 'together',
    attempt: 1,
    ...over,
    settings: RunSettingsSchema.parse({ mechanism: 'hybrid', models: MODEL, ...over.settings }),
  };
  const plan = { next, candidateKey: keys.candidate(1) } as PlanOutput;
  const decided = nextState(state, { ...judgement, acceptedEditsKey: null, plan, tried: noEdits });
  return { next: decided.next, turn: decided.state.turn, iteration: decided.state.iteration };
}

describe('nextState, where a model may repair', () => {
  it('lets the operators go on while they get further, in the same iteration', () => {
    expect(afterJudgement(BETTER, 'apply')).toEqual({ next: 'plan', turn: 'edits', iteration: 1 });
  });

  it.each([REJECTED, NO_CHANGE])(
    'gives the turn to the model where operators get no further',
    (judgement) => {
      expect(afterJudgement(judgement, 'apply')).toEqual({ next: 'plan', turn: 'repair', iteration: 1 });
    },
  );

  it('asks no model once the goal is reached', () => {
    expect(afterJudgement(GOAL, 'apply').next).toBe('report');
    expect(afterJudgement(GOAL, 'repair').next).toBe('report');
  });

  it('begins the next iteration with the operators where the model got further', () => {
    expect(afterJudgement(BETTER, 'repair')).toEqual({ next: 'plan', turn: 'edits', iteration: 2 });
  });

  it('asks the model again after a rejected answer, while iterations are left', () => {
    expect(afterJudgement(REJECTED, 'repair')).toEqual({ next: 'plan', turn: 'repair', iteration: 2 });
    expect(afterJudgement(REJECTED, 'repair', { iteration: 3 }).next).toBe('report');
  });

  it('ends where the model changed nothing, for the same question has the same answer', () => {
    expect(afterJudgement(NO_CHANGE, 'repair').next).toBe('report');
  });

  it.each(['promsec', 'findings', 'describe-and-rewrite'] as const)(
    'never gives %s a turn of operators',
    (mechanism) => {
      expect(afterJudgement(BETTER, 'repair', { settings: { mechanism } }).turn).toBe('repair');
    },
  );

  it('counts iterations of rules by their edits', () => {
    const rules = { settings: { mechanism: 'rules' as const } };

    expect(afterJudgement(BETTER, 'apply', rules)).toEqual({ next: 'plan', turn: 'edits', iteration: 2 });
    expect(afterJudgement(NO_CHANGE, 'apply', rules).next).toBe('report');
  });
});
