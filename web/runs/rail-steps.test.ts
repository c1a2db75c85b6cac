import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { type RailRun, railSteps, stepOf } from './rail-steps.ts';

const RUN: RailRun = { input: 'code', repairs: false, status: 'running', current: null, visited: [] };
const states = (run: Partial<RailRun>) =>
  railSteps({ ...RUN, ...run })
    .map(({ name, state }) => `${name} ${state}`)
    .join(', ');

describe('the steps of a run', () => {
  it('have a place for every state of the state machine', async () => {
    const file = new URL('../../functions/hardening/state-machine.asl.json', import.meta.url);
    const machine = JSON.parse(await readFile(file, 'utf8'));

    const unknown = Object.keys(machine.States).filter((state) => stepOf(state) === undefined);

    expect(unknown).toEqual([]);
  });

  it('are all to come before the first, and all done at the end', () => {
    expect(states({ status: 'queued' })).toBe(
      'Analyze ahead, Plan ahead, Rewrite ahead, Verify ahead, Report ahead',
    );
    expect(states({ status: 'finished', current: 'Report' })).toBe(
      'Analyze done, Plan done, Rewrite done, Verify done, Report done',
    );
  });

  it('tell what is done, at work and to come', () => {
    expect(states({ current: 'ApplyEdits', visited: ['Analyze', 'PlanEdits'] })).toBe(
      'Analyze done, Plan done, Rewrite current, Verify ahead, Report ahead',
    );
  });

  it('come back to an earlier one in the next iteration', () => {
    expect(states({ current: 'PlanEdits', visited: ['Analyze', 'PlanEdits', 'ApplyEdits', 'Verify'] })).toBe(
      'Analyze done, Plan current, Rewrite done, Verify done, Report ahead',
    );
  });

  it('include writing and repairing only where a model does them', () => {
    expect(states({ input: 'prompt', repairs: true, current: 'WaitToGenerate' })).toContain(
      'Generate current',
    );
    expect(states({ input: 'prompt', repairs: true, current: 'PutBack' })).toContain('Repair current');
    expect(states({})).not.toMatch(/Generate|Repair/);
  });

  it('leave open where the run is, in a state that this page does not know', () => {
    expect(states({ current: 'NewState', visited: ['Analyze'] })).not.toContain('current');
  });
});
