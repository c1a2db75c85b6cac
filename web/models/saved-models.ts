'use client';

import { z } from 'zod';
import { type ModelSettings, ModelSettingsSchema } from '#domain/model-settings.ts';
import { keptByBrowser, keptByTab, useStored } from '../storage/use-stored.ts';
import { modelId } from './model-id.ts';

const MAX_MODELS = 20;

const NO_MODELS: ModelSettings[] = [];
const NO_KEYS: Record<string, string> = {};
const models = keptByBrowser('sgcode-models', z.array(ModelSettingsSchema).max(MAX_MODELS), NO_MODELS);
const keys = keptByTab('sgcode-model-keys', z.record(z.string(), z.string()), NO_KEYS);

function save(model: ModelSettings): void {
  models.change((known) => [model, ...known.filter((other) => !isSame(other, model))].slice(0, MAX_MODELS));
}

function remove(model: ModelSettings): void {
  models.change((known) => known.filter((other) => !isSame(other, model)));
}

function setKey(baseUrl: string, key: string): void {
  keys.change(({ [baseUrl]: _old, ...others }) => (key === '' ? others : { ...others, [baseUrl]: key }));
}

/** The models that this browser knows. What is stored holds no key. */
export function useSavedModels() {
  return { models: useStored(models, NO_MODELS), save, remove };
}

/** Keys by the address of their server: kept by this tab alone, and gone with it. */
export function useModelKeys() {
  const known = useStored(keys, NO_KEYS);
  return { keyFor: (baseUrl: string): string => known[baseUrl] ?? '', setKey };
}

function isSame(one: ModelSettings, other: ModelSettings): boolean {
  return modelId(one) === modelId(other);
}
