import {
  type KnownModels,
  KnownModelsSchema,
  type ModelTest,
  ModelTestSchema,
} from '#domain/known-models.ts';
import type { ModelSettings } from '#domain/model-settings.ts';
import { sendForJson } from './send.ts';

/** The servers of models that this API found by itself, and what models cost. */
export function fetchKnownModels(signal?: AbortSignal): Promise<KnownModels> {
  return sendForJson(KnownModelsSchema, '/v1/models', signal ? { signal } : {});
}

/** Asks a model for one token. */
export function testModel(model: ModelSettings, key: string): Promise<ModelTest> {
  return sendForJson(ModelTestSchema, '/v1/models/test', {
    method: 'POST',
    body: { model },
    headers: key === '' ? {} : { 'sgcode-model-key': key },
  });
}
