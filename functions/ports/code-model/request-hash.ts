import { createHash } from 'node:crypto';
import type { ModelSettings } from '#domain/model-settings.ts';
import type { ChatMessage, ModelRequest } from './code-model.ts';

/** Stands where the random boundary of a request was. */
export const BOUNDARY = 'BOUNDARY';

/** A request without what differs each time it is made. */
export type StableRequest = Pick<ModelRequest, 'maxTokens' | 'jsonSchema'> & { messages: ChatMessage[] };

/** The request with its random boundary replaced. */
export function stableRequest({ messages, maxTokens, jsonSchema, boundary }: ModelRequest): StableRequest {
  return {
    messages: messages.map(({ role, content }) => ({ role, content: withoutBoundary(content, boundary) })),
    maxTokens,
    ...(jsonSchema && { jsonSchema }),
  };
}

/** A text with the boundary replaced. */
export function withoutBoundary(text: string, boundary: string | undefined): string {
  return boundary ? text.replaceAll(boundary, BOUNDARY) : text;
}

/**
 * SHA-256 of what decides an answer: the model's name and template, and the request without its boundary. Neither
 * where the model is nor who asks is part of it.
 */
export function requestHash(
  request: ModelRequest,
  settings: Pick<ModelSettings, 'name' | 'template'>,
): string {
  const { name, template } = settings;
  const text = canonicalJson({ name, template, ...stableRequest(request) });
  return createHash('sha256').update(text).digest('hex');
}

/** JSON with the keys of every object in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
