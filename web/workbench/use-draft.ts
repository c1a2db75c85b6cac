'use client';

import { useSessionStorage } from '@mantine/hooks';
import { z } from 'zod';

export const ProgramSchema = z.object({ path: z.string(), code: z.string() });
export type Program = z.infer<typeof ProgramSchema>;

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

/** What is being worked on: kept by this tab, so that coming back from a run finds it again. */
export function useDraft() {
  const [draft, setDraft] = useSessionStorage<Draft>({
    key: 'sgcode-draft',
    defaultValue: EMPTY,
    deserialize: read,
  });
  return { draft, change: (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part })) };
}

function read(text: string | undefined): Draft {
  try {
    return DraftSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return EMPTY;
  }
}
