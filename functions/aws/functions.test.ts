import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import definition from '#hardening/state-machine.asl.json' with { type: 'json' };
import { steps } from '#hardening/steps.ts';
import { type FunctionName, functions, stateFunctions } from './functions.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

type State = { Type: string; TimeoutSeconds?: number; ItemProcessor?: { States: Record<string, State> } };

function taskStates(states: Record<string, State>): [string, State][] {
  return Object.entries(states).flatMap(([name, state]): [string, State][] => [
    ...(state.Type === 'Task' ? [[name, state] as [string, State]] : []),
    ...(state.ItemProcessor ? taskStates(state.ItemProcessor.States) : []),
  ]);
}

const tasks = new Map(taskStates(definition.States as Record<string, State>));
const all = Object.entries(functions);
const nodeFunctions = all.flatMap(([name, spec]) => (spec.runs === 'node' ? [{ name, ...spec }] : []));

describe('the functions on AWS', () => {
  it('serve every task state of the machine', () => {
    expect(Object.keys(stateFunctions).toSorted()).toEqual([...tasks.keys()].toSorted());
  });

  it('run each state by what the registry of steps says', () => {
    for (const [state, step] of Object.entries(steps)) {
      const spec = functions[stateFunctions[state as keyof typeof stateFunctions]];
      expect(spec.runs).toBe(step.runs === 'worker' ? 'image' : 'node');
      if (step.runs === 'worker') expect(spec).toMatchObject({ folder: 'functions/worker' });
    }
  });

  it('end before the state that waits for them does, so that their own error is told', () => {
    for (const [state, name] of Object.entries(stateFunctions)) {
      expect(functions[name].timeoutSeconds).toBeLessThan(tasks.get(state)?.TimeoutSeconds ?? 0);
    }
  });

  it('each have an entry that exports a handler, and copy files that are there', async () => {
    for (const { entry, ...spec } of nodeFunctions) {
      expect(await readFile(join(CHECKOUT, entry), 'utf8')).toMatch(/^export const handler = /m);
      for (const { from } of 'copies' in spec ? spec.copies : []) {
        expect([from, existsSync(join(CHECKOUT, from))]).toEqual([from, true]);
      }
    }
  });

  it('open the handler of the state that they serve', async () => {
    for (const [state, step] of Object.entries(steps)) {
      if (step.runs === 'worker') continue;
      const spec = functions[stateFunctions[state as keyof typeof stateFunctions]];
      const { createHandler } = await step.load();
      expect(createHandler).toBeInstanceOf(Function);
      const source = 'entry' in spec ? await readFile(join(CHECKOUT, spec.entry), 'utf8') : '';
      const [, handled] = /from '#hardening\/([\w/-]+)\/handler\.ts'/.exec(source) ?? [];
      expect(handled?.split('/').at(-1)).toBe(kebab(state));
    }
  });

  it('may invoke functions only, and only those that they are told the names of', () => {
    for (const [name, { grants, env }] of all) {
      const invoked = 'invokes' in grants ? (grants.invokes as readonly string[]) : [];
      expect([name, invoked.filter((each) => !(each in functions))]).toEqual([name, []]);
      const told = Object.keys(env.shape).filter((variable) => variable.endsWith('_FUNCTION_NAME'));
      expect([name, invoked.length]).toEqual([name, told.length]);
    }
  });

  it('are told of the table, the bucket and the key where they may use them', () => {
    for (const [name, { grants, env }] of all) {
      const told = Object.keys(env.shape);
      const may = { TABLE_NAME: 'table' in grants, BUCKET_NAME: 'blobs' in grants, KEY_ARN: 'key' in grants };
      for (const [variable, isGranted] of Object.entries(may)) {
        expect([name, variable, told.includes(variable)]).toEqual([name, variable, isGranted]);
      }
    }
  });

  it('give the programs of strangers nothing at all', () => {
    const runner = functions['test-runner' satisfies FunctionName];

    expect(runner.grants).toEqual({});
    expect(Object.keys(runner.env.shape)).toEqual([]);
    expect(runner.isolatesRequests).toBe(true);
  });
});

function kebab(state: string): string {
  return state.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
