import { NativeSelect } from '@mantine/core';
import type { ModelSettings } from '#domain/model-settings.ts';
import { modelId } from '../../models/model-id.ts';

type ModelSelectProps = {
  label: string;
  models: readonly ModelSettings[];
  value: string | null;
  onChange: (id: string | null) => void;
};

/** One of the models that this browser knows, or none. */
export function ModelSelect({ label, models, value, onChange }: ModelSelectProps) {
  const known = models.map((model) => ({ value: modelId(model), label: modelId(model) }));
  return (
    <NativeSelect
      size="sm"
      label={label}
      data={[{ value: '', label: 'None' }, ...known]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
