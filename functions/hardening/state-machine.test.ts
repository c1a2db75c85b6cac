import { describe, expect, it } from '@jest/globals';
import validateAsl from 'asl-validator';
import * as errors from '#domain/errors.ts';
import definition from './state-machine.asl.json' with { type: 'json' };
import { steps } from './steps.ts';

type State = {
  Type: string;
  Resource?: string;
  Retry?: { ErrorEquals: string[] }[];
  Catch?: { ErrorEquals: string[]; ResultPath: string; Next: string }[];
  TimeoutSeconds?: number;
  ItemProcessor?: { States: Record<string, State> };
};

function allStates(states: Record<string, State>): [string, State][] {
  return Object.entries(states).flatMap(([name, state]): [string, State][] => [
    [name, state],
    ...(state.ItemProcessor ? allStates(state.ItemProcessor.States) : []),
  ]);
}

const states = allStates(definition.States as Record<string, State>);
const tasks = states.filter(([, state]) => state.Type === 'Task');

describe('the state machine', () => {
  it('is valid Amazon States Language', () => {
    const filled = JSON.parse(
      JSON.stringify(definition).replace(/\$\{\w+\}/g, 'arn:aws:lambda:eu-central-1:000000000000:function:f'),
    );

    const { isValid, errorsText } = validateAsl(filled);

    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  it('has exactly the task states of the registry, each calling its own function', () => {
    expect(tasks.map(([name]) => name).sort()).toEqual(Object.keys(steps).sort());
    for (const [name, state] of tasks) expect(state.Resource).toBe(`\${${name}FunctionArn}`);
  });

  it('names only errors of domain/errors.ts, of Lambda and of Step Functions', () => {
    const named = states
      .flatMap(([, state]) => [...(state.Retry ?? []), ...(state.Catch ?? [])])
      .flatMap(({ ErrorEquals }) => ErrorEquals)
      .filter((name) => !/^(Lambda|States)\./.test(name));

    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(Object.keys(errors)).toContain(name);
  });

  it('ends every failure in Report, under the name of the state that failed', () => {
    for (const [name, state] of Object.entries(definition.States as Record<string, State>)) {
      if (name === 'Report' || state.Type === 'Choice' || state.Type === 'Wait') continue;
      expect(state.Catch).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: `$.failure.${name}`, Next: 'Report' },
      ]);
    }
  });

  it('gives every task a time limit and retries for what passes by itself', () => {
    for (const [, state] of tasks) {
      expect(state.TimeoutSeconds).toBeLessThan(definition.TimeoutSeconds);
      const retried = state.Retry?.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(retried).toContain('Lambda.TooManyRequestsException');
    }
  });
});
