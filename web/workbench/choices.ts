import { z } from 'zod';
import { BehaviorModeSchema, type RunSettingsInput } from '#domain/loop-state.ts';
import { type Mechanism, MechanismSchema, mechanisms } from '#domain/mechanism.ts';
import { mechanismOf, whyNotRunnable } from '#domain/model-choice.ts';
import {
  ModelBudgetSchema,
  type ModelRole,
  type ModelSettings,
  type Models,
} from '#domain/model-settings.ts';
import { PolicyNameSchema } from '#domain/policy-name.ts';
import type { RunInput } from '#domain/run.ts';
import { modelId } from '../models/model-id.ts';

/** What is chosen on the workbench, as this browser keeps it. Models are named, never held with a key. */
export const ChoicesSchema = z.object({
  /** Null for the default, which depends on the model. */
  mechanism: MechanismSchema.nullable().default(null),
  policy: PolicyNameSchema.default('practical'),
  /** Whether original and result are run side by side. */
  behavior: BehaviorModeSchema.default('auto'),
  ggan: z.boolean().default(true),
  /** The models' ids; null for none. */
  general: z.string().nullable().default(null),
  safecoder: z.string().nullable().default(null),
  budget: ModelBudgetSchema.prefault({}),
});
export type Choices = z.infer<typeof ChoicesSchema>;

/** The models that the choices name, as far as this browser still knows them. */
export function chosenModels(choices: Choices, saved: readonly ModelSettings[]): Models {
  const find = (id: string | null) => saved.find((model) => modelId(model) === id) ?? null;
  const safecoder = find(choices.safecoder);
  return { general: find(choices.general), safecoder: safecoder && { ...safecoder, template: 'safecoder' } };
}

/** The settings of a run with these choices: models that its mechanism does not ask are not sent. */
export function settingsOf(
  choices: Choices,
  saved: readonly ModelSettings[],
  input: RunInput,
): RunSettingsInput & { mechanism: Mechanism; models: Models } {
  const models = chosenModels(choices, saved);
  const mechanism = choices.mechanism ?? mechanismOf({ models });
  const asked = askedRoles(mechanism, input);
  return {
    mechanism,
    policy: choices.policy,
    behavior: choices.behavior,
    ggan: choices.ggan,
    budget: choices.budget,
    models: {
      general: asked.includes('general') ? models.general : null,
      safecoder: asked.includes('safecoder') ? models.safecoder : null,
    },
  };
}

/** Why a run cannot begin as things are chosen, in words for the user; null where it can. */
export function whyNot(choices: Choices, saved: readonly ModelSettings[], input: RunInput): string | null {
  const { mechanism, models } = settingsOf(choices, saved, input);
  if (whyNotRunnable({ mechanism, models }, { input }) === null) return null;
  const { generatesWith, operators, repair } = mechanisms[mechanism];
  if (input === 'code' && !operators && repair === null) {
    return 'This mechanism writes from a prompt only. For code, take another one.';
  }
  if (input === 'prompt' && models[generatesWith] === null) {
    const kind = generatesWith === 'general' ? 'a general model' : 'a model tuned for secure code';
    return `A prompt needs ${kind} to write the program: add one, or choose one of yours.`;
  }
  return 'This mechanism asks a model: add one, or choose one of yours. Tested rewrites work without.';
}

/** Whose turn it may be in a run of this mechanism; the one that repairs may be the one that writes. */
function askedRoles(mechanism: Mechanism, input: RunInput): ModelRole[] {
  const { generatesWith, repair, repairsWith } = mechanisms[mechanism];
  const roles = new Set<ModelRole>();
  if (input === 'prompt') roles.add(generatesWith);
  if (repair !== null) roles.add(repairsWith).add('general').add('safecoder');
  return [...roles];
}
