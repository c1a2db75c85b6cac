import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ArmSchema } from '#domain/benchmark-record.ts';
import { mechanismArms, mechanismNames, settingsOf } from './arms.ts';

describe('mechanismArms', () => {
  it('multiplies what asks a model by the models, and nothing else', () => {
    const arms = mechanismArms(['rules', 'promsec', 'hybrid-no-ggan', 'findings'], ['qwen:7b', 'org/m']);

    expect(arms.map(({ name, usesModel, usesGgan, model }) => [name, usesModel, usesGgan, model])).toEqual([
      ['rules', false, true, undefined],
      ['promsec@qwen:7b', true, true, 'qwen:7b'],
      ['promsec@org/m', true, true, 'org/m'],
      ['hybrid-no-ggan@qwen:7b', true, false, 'qwen:7b'],
      ['hybrid-no-ggan@org/m', true, false, 'org/m'],
      ['findings@qwen:7b', true, false, 'qwen:7b'],
      ['findings@org/m', true, false, 'org/m'],
    ]);
  });

  it('names an arm within the rules whatever its model is called, and finds the mechanism again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...mechanismNames),
        fc.stringMatching(/^[\x21-\x7e]{1,200}$/),
        (mechanism, model) => {
          for (const arm of mechanismArms([mechanism], [model])) {
            expect(ArmSchema.parse(arm)).toEqual(arm);
            expect(settingsOf(arm.name)).toEqual(settingsOf(mechanism));
          }
        },
      ),
    );
  });
});

describe('settingsOf', () => {
  it.each([
    ['promsec', { mechanism: 'promsec', ggan: true }],
    ['promsec-no-ggan@a@b-no-ggan', { mechanism: 'promsec', ggan: false }],
    ['describe-and-rewrite@m', { mechanism: 'describe-and-rewrite', ggan: false }],
    ['promsec+safecoder@m', { mechanism: 'promsec+safecoder', ggan: true }],
  ])('of %s', (name, settings) => {
    expect(settingsOf(name)).toEqual(settings);
  });

  it('throws where it names no mechanism', () => {
    expect(() => settingsOf('theirs')).toThrow();
  });
});
