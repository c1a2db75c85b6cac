'use client';

import { Button, Group, NativeSelect, Paper, Stack, Switch, Text } from '@mantine/core';
import { MechanismSchema, mechanisms } from '#domain/mechanism.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import { modelId } from '../models/model-id.ts';
import { doesWhat, mechanismTitles } from '../workbench/mechanism-words.ts';
import type { Arm } from './arms.ts';

type ArmFieldsProps = {
  arm: Arm;
  number: number;
  models: readonly ModelSettings[];
  /** Why this way cannot run; null where it can. */
  reason: string | null;
  onChange: (arm: Arm) => void;
  /** Null where no fewer can be compared. */
  onRemove: (() => void) | null;
};

/** One of the ways to compare: a mechanism and, where it asks one, a model. */
export function ArmFields({ arm, number, models, reason, onChange, onRemove }: ArmFieldsProps) {
  const asksModel = mechanisms[arm.mechanism].repair !== null;
  return (
    <Paper component="fieldset" withBorder p="sm" m={0}>
      <legend>{`Way ${number}`}</legend>
      <Stack gap="xs">
        <NativeSelect
          label="Mechanism"
          data={MechanismSchema.options.map((name) => ({ value: name, label: mechanismTitles[name] }))}
          value={arm.mechanism}
          onChange={(event) =>
            onChange({ ...arm, mechanism: MechanismSchema.parse(event.currentTarget.value) })
          }
        />
        {asksModel && (
          <NativeSelect
            label="Model"
            data={[
              { value: '', label: 'None' },
              ...models.map((model) => ({ value: modelId(model), label: modelId(model) })),
            ]}
            value={arm.general ?? ''}
            onChange={(event) => onChange({ ...arm, general: event.currentTarget.value || null })}
          />
        )}
        <Switch
          size="sm"
          label="With the graph network"
          disabled={!mechanisms[arm.mechanism].ggan}
          checked={arm.ggan && mechanisms[arm.mechanism].ggan}
          onChange={(event) => onChange({ ...arm, ggan: event.currentTarget.checked })}
        />
        <Text size="xs" c="dimmed">
          {reason ?? doesWhat(arm.mechanism)}
        </Text>
        {onRemove !== null && (
          <Group>
            <Button size="xs" variant="subtle" aria-label={`Remove way ${number}`} onClick={onRemove}>
              Remove
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
