import { describe, expect, it } from '@jest/globals';
import { MechanismSchema } from '#domain/mechanism.ts';
import { ModelBudgetSchema } from '#domain/model-settings.ts';
import { mayCost, needsWhat, offeredMechanisms } from './mechanism-words.ts';

const budget = ModelBudgetSchema.parse({});

describe('what is said of a mechanism', () => {
  it('is that it costs nothing only where no model is asked', () => {
    expect(mayCost('rules', 'code', budget)).toContain('nothing');
    expect(mayCost('rules', 'prompt', budget)).not.toContain('nothing');
    expect(mayCost('hybrid', 'code', budget)).toBe(
      'Costs what the model costs, at most 12 calls and 200,000 tokens.',
    );
    expect(mayCost('promsec', 'code', { ...budget, maxCostUsd: 0.5 })).toContain('at most $0.5');
  });

  it('names every model that it needs', () => {
    expect(needsWhat('rules', 'code')).toBe('Needs nothing else.');
    expect(needsWhat('promsec+safecoder', 'prompt')).toBe(
      'Needs a model tuned for secure code and a general model.',
    );
  });

  it('offers the common ones first, and always the chosen one', () => {
    expect(offeredMechanisms('rules', false)).toEqual(['rules', 'hybrid', 'promsec']);
    expect(offeredMechanisms('findings', false)).toContain('findings');
    expect([...offeredMechanisms('rules', true)].sort()).toEqual([...MechanismSchema.options].sort());
  });
});
