'use client';

import { useLocalStorage, useSessionStorage } from '@mantine/hooks';
import { z } from 'zod';
import { type ModelSettings, ModelSettingsSchema } from '#domain/model-settings.ts';

const MAX_MODELS = 20;

const SavedModelsSchema = z.array(ModelSettingsSchema).max(MAX_MODELS);
const KeysSchema = z.record(z.string(), z.string());

/** The models that this browser knows. What is stored holds no key. */
export function useSavedModels() {
  const [models, setModels] = useLocalStorage<ModelSettings[]>({
    key: 'sgcode-models',
    defaultValue: [],
    deserialize: (text) => parsed(SavedModelsSchema, text, []),
  });
  return {
    models,
    save: (model: ModelSettings) =>
      setModels((known) => [model, ...known.filter((other) => !isSame(other, model))].slice(0, MAX_MODELS)),
    remove: (model: ModelSettings) => setModels((known) => known.filter((other) => !isSame(other, model))),
  };
}

/** Keys by the address of their server: kept by this tab alone, and gone with it. */
export function useModelKeys() {
  const [keys, setKeys] = useSessionStorage<Record<string, string>>({
    key: 'sgcode-model-keys',
    defaultValue: {},
    deserialize: (text) => parsed(KeysSchema, text, {}),
  });
  return {
    keyFor: (baseUrl: string): string => keys[baseUrl] ?? '',
    setKey: (baseUrl: string, key: string) =>
      setKeys(({ [baseUrl]: _old, ...others }) => (key === '' ? others : { ...others, [baseUrl]: key })),
  };
}

/** What a model is called where several are shown: two servers may have one of the same name. */
export function modelId({ name, baseUrl }: Pick<ModelSettings, 'name' | 'baseUrl'>): string {
  return `${name} @ ${baseUrl}`;
}

function isSame(one: ModelSettings, other: ModelSettings): boolean {
  return modelId(one) === modelId(other);
}

function parsed<T>(schema: z.ZodType<T>, text: string | undefined, otherwise: T): T {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    return otherwise;
  }
}
