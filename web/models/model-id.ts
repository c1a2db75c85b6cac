import type { ModelSettings } from '#domain/model-settings.ts';

/** What a model is called where several are shown: two servers may have one of the same name. */
export function modelId({ name, baseUrl }: Pick<ModelSettings, 'name' | 'baseUrl'>): string {
  return `${name} @ ${baseUrl}`;
}
