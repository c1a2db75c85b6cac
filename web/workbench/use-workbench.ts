'use client';

import { useHotkeys } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { RunInput } from '#domain/run.ts';
import type { NewRun } from '../api-client/create-run.ts';
import { useSavedModels } from '../models/saved-models.ts';
import { settingsOf, whyNot } from './choices.ts';
import { type Example, fetchExample } from './examples.ts';
import { useChoices } from './use-choices.ts';
import { DEFAULT_PATH, useDraft } from './use-draft.ts';
import { useFileInput } from './use-file-input.ts';
import { useStartRuns } from './use-start-runs.ts';

/** Everything that the workbench holds, and what can be done with it. */
export function useWorkbench() {
  const { draft, change: changeDraft } = useDraft();
  const { choices, change: changeChoices } = useChoices();
  const { models } = useSavedModels();
  const files = useFileInput(changeDraft);
  const starting = useStartRuns();

  const input: RunInput = draft.tab;
  const settings = settingsOf(choices, models, input);
  const isEmpty = input === 'prompt' ? draft.prompt.trim() === '' : draft.code.trim() === '';
  const isBatch = input === 'code' && files.batch.length > 0;
  const reason = isEmpty && !isBatch ? emptyWords(input) : whyNot(choices, models, input);

  const newRuns = (): NewRun[] => {
    const shared = { settings, tests: draft.tests?.code ?? null };
    if (input === 'prompt') return [{ ...shared, path: DEFAULT_PATH, prompt: draft.prompt }];
    if (isBatch) return files.batch.map((program) => ({ ...shared, ...program }));
    return [{ ...shared, path: draft.path, code: draft.code }];
  };
  const example = useMutation({
    mutationFn: async (chosen: Example) => {
      const program = { path: chosen.file, code: await fetchExample(chosen), tests: null };
      changeDraft({ tab: 'code', ...program });
      files.clear();
      await starting.mutateAsync([{ ...program, settings: { mechanism: 'rules', policy: choices.policy } }]);
    },
  });
  const isBusy = starting.isPending || example.isPending;
  const start = () => {
    if (reason === null && !isBusy) starting.mutate(newRuns());
  };
  useHotkeys([['mod+Enter', start]], [], true);

  return {
    draft,
    changeDraft,
    choices,
    changeChoices,
    files,
    input,
    mechanism: settings.mechanism,
    isBatch,
    /** Why Run does nothing as things are; null where it can. */
    reason,
    isBusy,
    error: starting.error ?? example.error,
    start,
    runExample: (chosen: Example) => example.mutate(chosen),
  };
}

export type WorkbenchState = ReturnType<typeof useWorkbench>;

function emptyWords(input: RunInput): string {
  return input === 'prompt'
    ? 'Say first what the program is to do.'
    : 'Paste code, upload a file or take an example.';
}
