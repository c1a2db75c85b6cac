import { describe, expect, it } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { MechanismSchema } from '#domain/mechanism.ts';
import { whyNotRunnable } from '#domain/model-choice.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import { modelId } from '../models/model-id.ts';
import { type Choices, ChoicesSchema, settingsOf, whyNot } from './choices.ts';

const general: ModelSettings = { name: 'writer', baseUrl: 'https://one.example/v1', template: 'chat' };
const tuned: ModelSettings = { name: 'tuned', baseUrl: 'https://two.example/v1', template: 'chat' };
const saved = [general, tuned];

const choose = (part: Partial<Choices>): Choices => ({ ...ChoicesSchema.parse({}), ...part });

describe('the settings of what is chosen', () => {
  it('need no model where none is chosen', () => {
    const settings = settingsOf(choose({}), saved, 'code');

    expect(settings).toMatchObject({ mechanism: 'rules', models: { general: null, safecoder: null } });
    expect(RunSettingsSchema.parse(settings).policy).toBe('practical');
  });

  it('repair with a chosen model unless something else is said', () => {
    const chosen = { general: modelId(general) };

    expect(settingsOf(choose(chosen), saved, 'code')).toMatchObject({
      mechanism: 'hybrid',
      models: { general },
    });
    expect(settingsOf(choose({ ...chosen, mechanism: 'rules' }), saved, 'code').models.general).toBeNull();
  });

  it('send a model to a run only where it may be asked', () => {
    const both = { general: modelId(general), safecoder: modelId(tuned) };

    const written = settingsOf(choose({ ...both, mechanism: 'safecoder' }), saved, 'prompt');
    const prompted = settingsOf(choose({ ...both, mechanism: 'rules' }), saved, 'prompt');

    expect(written.models).toEqual({ general: null, safecoder: { ...tuned, template: 'safecoder' } });
    expect(prompted.models).toEqual({ general, safecoder: null });
  });

  it('forget a model that this browser no longer knows', () => {
    const settings = settingsOf(choose({ general: modelId(general) }), [], 'code');

    expect(settings).toMatchObject({ mechanism: 'rules', models: { general: null } });
  });

  it.each(MechanismSchema.options)(
    'say why %s cannot run, exactly where the domain refuses it',
    (mechanism) => {
      for (const input of ['code', 'prompt'] as const) {
        for (const models of [{}, { general: modelId(general) }, { safecoder: modelId(tuned) }]) {
          const choices = choose({ mechanism, ...models });

          const refused = whyNotRunnable(settingsOf(choices, saved, input), { input }) !== null;
          expect(whyNot(choices, saved, input) !== null).toBe(refused);
        }
      }
    },
  );
});
