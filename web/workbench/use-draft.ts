'use client';

import { z } from 'zod';
import { keptByTab, useStored } from '../storage/use-stored.ts';

export type Program = { path: string; code: string };

const DraftSchema = z.object({
  tab: z.enum(['code', 'prompt']),
  code: z.string(),
  /** The name of the file that the code is from. */
  path: z.string(),
  prompt: z.string(),
  tests: z.object({ name: z.string(), code: z.string() }).nullable(),
});
export type Draft = z.infer<typeof DraftSchema>;

export const DEFAULT_PATH = 'program.py';

const EMPTY: Draft = { tab: 'code', code: '', path: DEFAULT_PATH, prompt: '', tests: null };
const stored = keptByTab('sgcode-draft', DraftSchema, EMPTY);

function change(part: Partial<Draft>): void {
  stored.change((old) => ({ ...old, ...part }));
}

/** What is being worked on: kept by this tab, so that coming back from a run finds it again. */
export function useDraft() {
  return { draft: useStored(stored, EMPTY), change };
}
