'use client';

import { Alert, Button, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiKeySchema } from '#domain/api-key.ts';
import { type ModelSettings, ModelSettingsSchema, PromptTemplateSchema } from '#domain/model-settings.ts';
import { fetchKnownModels, testModel } from '../api-client/models.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { FoundModels } from './found-models.tsx';
import { useModelKeys, useSavedModels } from './saved-models.ts';

const OPENAI = 'https://api.openai.com/v1';

type Fields = { name: string; baseUrl: string; key: string; template: ModelSettings['template'] };
type Problems = Partial<Record<keyof Fields, string>>;

/** Name, address and key of a model, with a test; what this machine serves is offered at one click. */
export function ModelForm({ onAdded }: { onAdded: (model: ModelSettings) => void }) {
  const [fields, setFields] = useState<Fields>({ name: '', baseUrl: OPENAI, key: '', template: 'chat' });
  const [problems, setProblems] = useState<Problems>({});
  const { save } = useSavedModels();
  const { setKey } = useModelKeys();
  const known = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => fetchKnownModels(signal) });
  const testing = useMutation({ mutationFn: (model: ModelSettings) => testModel(model, fields.key) });
  const change = (part: Partial<Fields>) => {
    setFields((old) => ({ ...old, ...part }));
    setProblems({});
    testing.reset();
  };
  const withModel = (use: (model: ModelSettings) => void) => {
    const { model, problems: found } = checked(fields);
    setProblems(found);
    if (model) use(model);
  };
  const add = () =>
    withModel((model) => {
      save(model);
      setKey(model.baseUrl, fields.key);
      onAdded(model);
    });

  return (
    <Stack gap="sm">
      <FoundModels known={known.data} onPick={(name, baseUrl) => change({ name, baseUrl, key: '' })} />
      <TextInput
        label="Model"
        placeholder="gpt-5.4-mini"
        data-autofocus
        value={fields.name}
        error={problems.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Address"
        description="Of any server that speaks OpenAI’s API."
        value={fields.baseUrl}
        error={problems.baseUrl}
        onChange={(event) => change({ baseUrl: event.currentTarget.value })}
      />
      <PasswordInput
        label="Key"
        description="Stays in this tab and is gone with it; sent in a header, sealed for the run, deleted after it."
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key' }}
        value={fields.key}
        error={problems.key}
        onChange={(event) => change({ key: event.currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Kind of model"
        data={[
          { value: 'chat', label: 'General' },
          { value: 'safecoder', label: 'SafeCoder' },
        ]}
        value={fields.template}
        onChange={(value) => change({ template: PromptTemplateSchema.parse(value) })}
      />
      {testing.data && (
        <Alert variant="light" color={testing.data.isWorking ? 'pine' : 'red'} role="status">
          <Text size="sm">{testing.data.message}</Text>
        </Alert>
      )}
      {testing.error && <FailureNote error={testing.error} />}
      <Group justify="flex-end">
        <Button variant="default" loading={testing.isPending} onClick={() => withModel(testing.mutate)}>
          Test the connection
        </Button>
        <Button onClick={add}>Add</Button>
      </Group>
    </Stack>
  );
}

function checked({ key, ...fields }: Fields): { model: ModelSettings | null; problems: Problems } {
  const problems: Problems = {};
  const parsed = ModelSettingsSchema.safeParse(fields);
  for (const { path, message } of parsed.error?.issues ?? []) {
    if (path[0] === 'name' || path[0] === 'baseUrl') problems[path[0]] = message;
  }
  const parsedKey = ApiKeySchema.safeParse(key);
  if (key !== '' && !parsedKey.success) problems.key = parsedKey.error.issues[0]?.message ?? '';
  return { model: Object.keys(problems).length === 0 ? (parsed.data ?? null) : null, problems };
}
