'use client';

import { keptByBrowser, useStored } from '../storage/use-stored.ts';
import { type Choices, ChoicesSchema } from './choices.ts';

const DEFAULT = ChoicesSchema.parse({});
const stored = keptByBrowser('sgcode-choices', ChoicesSchema, DEFAULT);

function change(part: Partial<Choices>): void {
  stored.change((old) => ({ ...old, ...part }));
}

/** The choices of the workbench, as this browser remembers them. */
export function useChoices() {
  return { choices: useStored(stored, DEFAULT), change };
}
