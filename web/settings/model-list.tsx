'use client';

import { Button, Group, Paper, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KnownModels } from '#domain/known-models.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import { testModel } from '../api-client/models.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { AddModel } from '../models/add-model.tsx';
import { modelId } from '../models/model-id.ts';
import { priceOf, priceWords } from '../models/prices.ts';
import { useModelKeys, useSavedModels } from '../models/saved-models.ts';
import { SettingsSection } from './settings-section.tsx';

type Prices = KnownModels['prices'];

/** The models that this browser knows. */
export function ModelList({ prices }: { prices: Prices }) {
  const { models, remove } = useSavedModels();
  const [isAdding, setAdding] = useState(false);
  return (
    <SettingsSection
      title="Models"
      about="Kept by this browser, without their keys. Everything but repairs and prompts works without a model."
    >
      <Stack gap="xs">
        {models.map((model) => (
          <ModelRow key={modelId(model)} model={model} prices={prices} onRemove={() => remove(model)} />
        ))}
        {models.length === 0 && <Text size="sm">No model is set.</Text>}
      </Stack>
      <Group>
        <Button variant="default" onClick={() => setAdding(true)}>
          Add a model
        </Button>
      </Group>
      {isAdding && <AddModel onAdded={() => setAdding(false)} onClose={() => setAdding(false)} />}
    </SettingsSection>
  );
}

type ModelRowProps = { model: ModelSettings; prices: Prices; onRemove: () => void };

function ModelRow({ model, prices, onRemove }: ModelRowProps) {
  const { keyFor, setKey } = useModelKeys();
  const testing = useMutation({ mutationFn: () => testModel(model, keyFor(model.baseUrl)) });
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-end">
        <div>
          <Text fw={600}>{model.name}</Text>
          <Text size="xs" c="dimmed">
            {model.baseUrl}
            {model.template === 'safecoder' && ', tuned for secure code'} ·{' '}
            {priceWords(priceOf(model, prices))}
          </Text>
        </div>
        <Group align="flex-end" gap="xs">
          <PasswordInput
            size="xs"
            w={220}
            label={`Key for ${new URL(model.baseUrl).host}, in this tab`}
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key' }}
            value={keyFor(model.baseUrl)}
            onChange={(event) => setKey(model.baseUrl, event.currentTarget.value.trim())}
          />
          <Button size="xs" variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
            Test
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            aria-label={`Remove ${model.name}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        </Group>
      </Group>
      {testing.data && (
        <Text size="sm" mt="xs" role="status">
          {testing.data.isWorking ? '✓ ' : '✗ '}
          {testing.data.message}
        </Text>
      )}
      {testing.error !== null && <FailureNote error={testing.error} />}
    </Paper>
  );
}
