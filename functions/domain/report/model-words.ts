import type { ModelRole, ModelSettings, Models } from '#domain/model-settings.ts';
import type { RepairedPart } from '#domain/repair.ts';
import type { Report } from '#domain/report.ts';
import { visibleLine } from './visible-text.ts';

/** How every rendering calls a model of each role. */
export const roleWords: Readonly<Record<ModelRole, string>> = {
  general: 'model',
  safecoder: 'SafeCoder model',
};

/** The models that a run could call, in words, without keys and paths. */
export function modelNames(models: Models): { role: ModelRole; words: string }[] {
  return (['general', 'safecoder'] as const).flatMap((role) => {
    const model = models[role];
    return model === null ? [] : [{ role, words: modelName(model) }];
  });
}

/** A model and its server's host, made visible. */
export function modelName({ name, baseUrl }: Pick<ModelSettings, 'name' | 'baseUrl'>): string {
  return visibleLine(`${name} at ${new URL(baseUrl).host}`);
}

/** Where a replaced piece of code is: a definition by its name, the rest in words; `module` is of a whole file. */
export function partName({ name }: Pick<RepairedPart, 'name'>): string {
  if (name === 'module') return 'the file';
  return /^module:\d+$/.test(name) ? 'a statement of the module' : visibleLine(name);
}

/** What a replaced piece of code was to be rid of: `B602 (CWE-78), B608 (CWE-89)`. */
export function partTargets({ targets }: Pick<RepairedPart, 'targets'>): string {
  const words = targets.map(({ rule, cwe, source, operator }) => {
    // At the gGAN's word alone there is no rule, only an operator.
    const what = source === 'ggan' ? `${operator ?? 'a place'} at the word of the graph network` : rule;
    return visibleLine(cwe === null ? what : `${what} (${cwe})`);
  });
  return words.length === 0 ? 'nothing in particular' : [...new Set(words)].join(', ');
}

/** What nothing proves of a generated program; null where code came in. */
export function generatedLimit({ prompt, gates }: Pick<Report, 'prompt' | 'gates'>): string | null {
  if (prompt === null) return null;
  const { light } = gates.tests;
  if (light === 'pass') {
    return 'The program was generated: your tests pass before and after; nothing proves what they do not try of what was asked.';
  }
  const why = light === 'fail' ? 'your tests do not pass' : 'no tests were run';
  return `The program was generated, and nothing proves that it does what was asked: ${why}. The lights compare it with what the model wrote.`;
}

/** What was and was not checked of code that a model rewrote; null where none did. */
export function repairedLimit({ repaired, gates }: Pick<Report, 'repaired' | 'gates'>): string | null {
  if (repaired.length === 0) return null;
  if (gates.behavior.light === 'pass') {
    return 'Code that a model rewrote was run beside the original on inputs made from the source, and did the same; on other inputs, and where stand-ins hide it, it may not.';
  }
  return 'Code that a model rewrote was compared with the original by reading it only: whether it does the same was not found out by running it.';
}
