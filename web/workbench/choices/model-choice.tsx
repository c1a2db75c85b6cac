'use client';

import { Alert, Button, Stack, Text } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Mechanism } from '#domain/mechanism.ts';
import { mechanisms } from '#domain/mechanism.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import type { RunInput } from '#domain/run.ts';
import { modelId } from '../../models/model-id.ts';
import { useSavedModels } from '../../models/saved-models.ts';
import { useModelNote } from '../../models/use-model-note.ts';
import type { Choices } from '../choices.ts';
import { asksModel } from '../mechanism-words.ts';
import { ChoiceCard } from './choice-card.tsx';

const AddModel = dynamic(() => import('../../models/add-model.tsx').then((module) => module.AddModel), {
  ssr: false,
});

const ModelSelect = dynamic(() => import('./model-select.tsx').then((module) => module.ModelSelect), {
  ssr: false,
});

type ModelChoiceProps = {
  choices: Choices;
  mechanism: Mechanism;
  input: RunInput;
  onChange: (part: Partial<Choices>) => void;
};

/** Which model is asked, where one is; and what works without one. */
export function ModelChoice({ choices, mechanism, input, onChange }: ModelChoiceProps) {
  const { models } = useSavedModels();
  const [isAdding, setAdding] = useState(false);
  const needsTuned = mechanisms[mechanism].generatesWith === 'safecoder' && input === 'prompt';
  const chosen = models.find((model) => modelId(model) === choices.general);
  const note = useModelNote(chosen, choices.budget);
  const added = (model: ModelSettings) => {
    onChange(model.template === 'safecoder' ? { safecoder: modelId(model) } : { general: modelId(model) });
    setAdding(false);
  };
  return (
    <ChoiceCard title="Model" note={note}>
      {models.length === 0 ? (
        <WithoutModel isNeeded={asksModel(mechanism, input)} />
      ) : (
        <Stack gap="xs">
          <ModelSelect
            label="General model"
            models={models}
            value={choices.general}
            onChange={(general) => onChange({ general })}
          />
          {needsTuned && (
            <ModelSelect
              label="Model tuned for secure code"
              models={models}
              value={choices.safecoder}
              onChange={(safecoder) => onChange({ safecoder })}
            />
          )}
        </Stack>
      )}
      <Button size="xs" variant="default" onClick={() => setAdding(true)}>
        Add a model
      </Button>
      {isAdding && <AddModel onAdded={added} onClose={() => setAdding(false)} />}
    </ChoiceCard>
  );
}

function WithoutModel({ isNeeded }: { isNeeded: boolean }) {
  if (!isNeeded) {
    return (
      <Text size="sm">
        None is set, and none is needed: findings, tested rewrites and the evidence work without.
      </Text>
    );
  }
  return (
    <Alert variant="light" color="yellow" p="xs">
      <Text size="sm">
        None is set, and this asks one. Add your own OpenAI key, any server that speaks OpenAI’s API, or one
        on this machine. Tested rewrites work without.
      </Text>
    </Alert>
  );
}
