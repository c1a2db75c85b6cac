'use client';

import { useLocalStorage } from '@mantine/hooks';
import { type Choices, ChoicesSchema } from './choices.ts';

const DEFAULT = ChoicesSchema.parse({});

/** The choices of the workbench, as this browser remembers them. */
export function useChoices() {
  const [choices, setChoices] = useLocalStorage<Choices>({
    key: 'sgcode-choices',
    defaultValue: DEFAULT,
    deserialize: read,
  });
  return { choices, change: (part: Partial<Choices>) => setChoices((old) => ({ ...old, ...part })) };
}

function read(text: string | undefined): Choices {
  try {
    return ChoicesSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return DEFAULT;
  }
}
