'use client';

import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { createRun } from '../api-client/create-run.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { FailureNote } from '../frame/failure-note.tsx';
import { useModelKeys, useSavedModels } from '../models/saved-models.ts';
import { settingsOf, whyNot } from '../workbench/choices.ts';
import { useChoices } from '../workbench/use-choices.ts';
import { useDraft } from '../workbench/use-draft.ts';
import { ArmFields } from './arm-fields.tsx';
import { type Arm, FIRST_ARMS, MAX_ARMS, MIN_ARMS, nextMechanism } from './arms.ts';

/** One input and the ways that it is to be secured. */
export function CompareSetup() {
  const { draft, change } = useDraft();
  const [arms, setArms] = useState<readonly Arm[]>(FIRST_ARMS);
  const { models, reasons, comparing } = useComparing(arms);
  const isReady = draft.code.trim() !== '' && reasons.every((reason) => reason === null);
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>Compare</Title>
        <Text c="dimmed">One program, two to four ways to secure it, side by side.</Text>
      </div>
      <CodeEditor
        label="Python code to compare on"
        value={draft.code}
        onChange={(code) => change({ code })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        {arms.map((arm, index) => (
          <ArmFields
            // biome-ignore lint/suspicious/noArrayIndexKey: ways have no name but their place.
            key={index}
            arm={arm}
            number={index + 1}
            models={models}
            reason={reasons[index] ?? null}
            onChange={(changed) => setArms(arms.with(index, changed))}
            onRemove={arms.length > MIN_ARMS ? () => setArms(arms.toSpliced(index, 1)) : null}
          />
        ))}
      </SimpleGrid>
      <Group>
        <Button
          variant="default"
          disabled={arms.length >= MAX_ARMS}
          onClick={() => setArms([...arms, { mechanism: nextMechanism(arms), general: null, ggan: true }])}
        >
          Add a way
        </Button>
        <Button
          disabled={!isReady}
          loading={comparing.isPending}
          onClick={() => comparing.mutate({ path: draft.path, code: draft.code })}
        >
          Compare {arms.length} ways
        </Button>
      </Group>
      {comparing.error !== null && (
        <FailureNote error={comparing.error} title="The comparison did not begin" />
      )}
    </Stack>
  );
}

function useComparing(arms: readonly Arm[]) {
  const router = useRouter();
  const { choices } = useChoices();
  const { models } = useSavedModels();
  const { keyFor } = useModelKeys();
  const chosen = arms.map((arm) => ({ ...choices, ...arm }));
  const comparing = useMutation({
    mutationFn: async ({ path, code }: { path: string; code: string }) => {
      const ids: string[] = [];
      for (const each of chosen) {
        const settings = settingsOf(each, models, 'code');
        const { general, safecoder } = settings.models;
        const keys = {
          general: general ? keyFor(general.baseUrl) : '',
          safecoder: safecoder ? keyFor(safecoder.baseUrl) : '',
        };
        ids.push((await createRun({ path, code, settings, tests: null }, keys)).id);
      }
      return ids;
    },
    onSuccess: (ids) => router.push(`/compare?runs=${ids.join(',')}`),
  });
  return { models, comparing, reasons: chosen.map((each) => whyNot(each, models, 'code')) };
}
