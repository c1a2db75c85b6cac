import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ModelCall, spentBy, spentBySteps } from './model-call.ts';

const count = fc.integer({ min: 0, max: 5_000 });

const calls: fc.Arbitrary<ModelCall[]> = fc.array(
  fc.record({
    number: fc.constant(1),
    step: fc.constantFrom('Generate' as const, 'Repair' as const),
    iteration: fc.constant(1),
    role: fc.constant('general' as const),
    model: fc.constant('m'),
    status: fc.constant('answered' as const),
    outcome: fc.constant('stop'),
    tokens: fc.record({ prompt: count, completion: count, estimated: fc.boolean() }),
    costUsd: fc.option(count),
    ms: count,
  }),
  { maxLength: 8 },
);

describe('what each step spent', () => {
  it('adds up to what the run spent', () => {
    fc.assert(
      fc.property(calls, (made) => {
        const steps = spentBySteps({ calls: made });
        const whole = spentBy({ calls: made });

        const sum = (figure: (step: (typeof steps)[number]) => number) =>
          steps.reduce((total, step) => total + figure(step), 0);
        expect(sum((step) => step.calls)).toBe(whole.calls);
        expect(sum((step) => step.ms)).toBe(whole.ms);
        expect(sum(({ tokens }) => tokens.prompt)).toBe(whole.tokens.prompt);
        expect(sum(({ tokens }) => tokens.completion)).toBe(whole.tokens.completion);
        expect(steps.some(({ costUsd }) => costUsd === null)).toBe(whole.costUsd === null);
      }),
    );
  });

  it('leaves out steps that called no model', () => {
    expect(spentBySteps({ calls: [] })).toEqual([]);
  });
});
