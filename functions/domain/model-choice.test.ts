import { describe, expect, it } from '@jest/globals';
import { MechanismSchema } from './mechanism.ts';
import { mechanismOf, modelFor, whyNotRunnable } from './model-choice.ts';
import type { Models } from './model-settings.ts';

const general = { name: 'g', baseUrl: 'https://g.example/v1', template: 'chat' } as const;
const safecoder = { name: 's', baseUrl: 'https://s.example/v1', template: 'safecoder' } as const;
const none: Models = { general: null, safecoder: null };
const both: Models = { general, safecoder };
const onlyGeneral: Models = { general, safecoder: null };
const onlySafecoder: Models = { general: null, safecoder };

describe('mechanismOf', () => {
  it.each([
    [{}, 'rules'],
    [{ models: { safecoder } }, 'rules'],
    [{ models: { general: null } }, 'rules'],
    [{ models: { general } }, 'hybrid'],
    [{ models: { general }, mechanism: 'rules' }, 'rules'],
    [{ mechanism: 'promsec' }, 'promsec'],
  ] as const)('%j is %s', (settings, mechanism) => {
    expect(mechanismOf(settings)).toBe(mechanism);
  });
});

describe('modelFor', () => {
  /** Who generates and who repairs, with both models, only the general one, only SafeCoder. */
  it.each([
    ['rules', ['general', null], ['general', null], [null, null]],
    ['promsec', ['general', 'general'], ['general', 'general'], [null, 'safecoder']],
    ['safecoder', ['safecoder', null], [null, null], ['safecoder', null]],
    ['promsec+safecoder', ['safecoder', 'general'], [null, 'general'], ['safecoder', 'safecoder']],
    ['hybrid', ['general', 'general'], ['general', 'general'], [null, 'safecoder']],
    ['findings', ['general', 'general'], ['general', 'general'], [null, 'safecoder']],
    ['describe-and-rewrite', ['general', 'general'], ['general', 'general'], [null, 'safecoder']],
  ] as const)('says who does what in %s', (mechanism, ...expected) => {
    const roles = [both, onlyGeneral, onlySafecoder].map((models) =>
      (['generate', 'repair'] as const).map((use) => modelFor({ mechanism, models }, use)?.role ?? null),
    );

    expect(roles).toEqual(expected);
  });

  it('gives the settings of the model that it names', () => {
    expect(modelFor({ mechanism: 'promsec+safecoder', models: both }, 'repair')?.settings).toBe(general);
    expect(modelFor({ mechanism: 'promsec+safecoder', models: onlySafecoder }, 'repair')?.settings).toBe(
      safecoder,
    );
  });

  it.each(MechanismSchema.options)('has none for %s where none is set', (mechanism) => {
    expect(modelFor({ mechanism, models: none }, 'generate')).toBeNull();
    expect(modelFor({ mechanism, models: none }, 'repair')).toBeNull();
  });
});

describe('whyNotRunnable', () => {
  it.each([
    ['rules', none, 'code'],
    ['rules', onlyGeneral, 'prompt'],
    ['hybrid', onlySafecoder, 'code'],
    ['safecoder', onlySafecoder, 'prompt'],
    ['promsec+safecoder', onlySafecoder, 'prompt'],
    ['promsec+safecoder', onlyGeneral, 'code'],
  ] as const)('lets %s work: %#', (mechanism, models, input) => {
    expect(whyNotRunnable({ mechanism, models }, { input })).toBeNull();
  });

  it.each([
    ['safecoder', both, 'code', 'take promsec+safecoder or hybrid for code'],
    [
      'rules',
      onlySafecoder,
      'prompt',
      'the general model, which is not set: name it in settings.models.general',
    ],
    ['hybrid', onlySafecoder, 'prompt', 'the general model, which is not set'],
    [
      'safecoder',
      onlyGeneral,
      'prompt',
      'the SafeCoder model, which is not set: name it in settings.models.safecoder',
    ],
    ['promsec+safecoder', onlyGeneral, 'prompt', 'the SafeCoder model'],
    ['hybrid', none, 'code', 'hybrid repairs with a model, and none is set'],
    ['findings', none, 'code', '(--model and --base-url), or take the mechanism rules'],
  ] as const)('says what %s lacks: %#', (mechanism, models, input, reason) => {
    expect(whyNotRunnable({ mechanism, models }, { input })).toContain(reason);
  });

  it('wants no key for a model that is not set', () => {
    const settings = { mechanism: 'hybrid', models: onlyGeneral } as const;

    expect(whyNotRunnable(settings, { input: 'code', keysFor: ['general'] })).toBeNull();
    expect(whyNotRunnable(settings, { input: 'code', keysFor: ['general', 'safecoder'] })).toContain(
      'a key for the SafeCoder model, which is not set',
    );
  });
});
