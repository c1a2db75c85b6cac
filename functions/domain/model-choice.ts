import type { RunSettings, RunSettingsInput } from './loop-state.ts';
import { type Mechanism, mechanisms } from './mechanism.ts';
import { type ModelRole, ModelRoleSchema, type ModelSettings } from './model-settings.ts';
import type { RunInput } from './run.ts';

type Choice = Pick<RunSettings, 'mechanism' | 'models'>;

/** How people call a model of each role. */
const NAMES: Readonly<Record<ModelRole, string>> = { general: 'general model', safecoder: 'SafeCoder model' };

/** How a model is set: in a request, and on the command line. */
const WAYS: Readonly<Record<ModelRole, string>> = {
  general: 'settings.models.general (--model and --base-url)',
  safecoder: 'settings.models.safecoder (--safecoder-model and --safecoder-base-url)',
};

/** The mechanism of a run that names none: `hybrid` where a general model is set, else `rules`. */
export function mechanismOf({ mechanism, models }: RunSettingsInput): Mechanism {
  return mechanism ?? (models?.general ? 'hybrid' : 'rules');
}

/**
 * Which model writes code from a prompt (`generate`) or mends it (`repair`). Only the mechanism's own model
 * generates; where its model for repairs is not set, the other one repairs. Null where none is set, or none
 * is asked.
 */
export function modelFor(
  { mechanism, models }: Choice,
  use: 'generate' | 'repair',
): { role: ModelRole; settings: ModelSettings } | null {
  const { generatesWith, repair, repairsWith } = mechanisms[mechanism];
  if (use === 'repair' && repair === null) return null;
  const roles: ModelRole[] = use === 'generate' ? [generatesWith] : [repairsWith, ...ModelRoleSchema.options];
  for (const role of roles) {
    const settings = models[role];
    if (settings) return { role, settings };
  }
  return null;
}

/** Why a run with these settings cannot do its work on this input, in words for the user; null where it can. */
export function whyNotRunnable(
  settings: Choice,
  { input, keysFor = [] }: { input: RunInput; keysFor?: readonly ModelRole[] },
): string | null {
  const { mechanism } = settings;
  const { generatesWith, operators, repair, repairsWith } = mechanisms[mechanism];
  if (input === 'code' && !operators && repair === null) {
    return `The mechanism ${mechanism} writes from a prompt; take promsec+safecoder or hybrid for code.`;
  }
  if (input === 'prompt' && !modelFor(settings, 'generate')) {
    return `The mechanism ${mechanism} writes from a prompt with the ${NAMES[generatesWith]}, which is not set: name it in ${WAYS[generatesWith]}.`;
  }
  if (repair !== null && !modelFor(settings, 'repair')) {
    return `The mechanism ${mechanism} repairs with a model, and none is set: name one in ${WAYS[repairsWith]}, or take the mechanism rules.`;
  }
  const unused = keysFor.find((role) => settings.models[role] === null);
  if (unused) return `There is a key for the ${NAMES[unused]}, which is not set: name it in ${WAYS[unused]}.`;
  return null;
}
