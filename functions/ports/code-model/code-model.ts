import type { Tokens } from '#domain/model-call.ts';
import type { ModelSettings } from '#domain/model-settings.ts';

export type ChatMessage = { role: 'system' | 'user'; content: string };

/** One question to a model. */
export type ModelRequest = {
  messages: readonly ChatMessage[];
  /** The most tokens that the answer may have. */
  maxTokens: number;
  /** The JSON schema that the answer must follow, where the server can hold a model to one; else it is left out. */
  jsonSchema?: { name: string; schema: Record<string, unknown> };
  /** A random text in the messages that marks where data ends; it is left out of what identifies the request. */
  boundary?: string;
};

/** Where and as whom a model is called. The key is never kept. */
export type ModelConnection = { settings: ModelSettings; apiKey: string | null };

/** `length`: cut off at the token limit. `filtered`: the server withheld the answer. */
export type FinishReason = 'stop' | 'length' | 'filtered' | 'other';

export type ModelReply = {
  text: string;
  finish: FinishReason;
  tokens: Tokens;
  /** Milliseconds from the request to the last byte. */
  ms: number;
};

/**
 * Language models behind OpenAI-compatible servers. Never retries: that is the state machine's to do.
 * Rejects with an error of `domain/errors.ts` whose message holds nothing that the server sent:
 * ModelBusyError (429, 500, 502, 503, 504, 529, lost connection; with `retryAfterSeconds` where the server said so),
 * ModelRefusedError (401, 403, 404, other 4xx), ModelTimeoutError, ModelAnswerError (not JSON, too large,
 * no choice, invalid UTF-8) or AddressForbiddenError.
 */
export type CodeModel = {
  complete(request: ModelRequest, connection: ModelConnection, signal?: AbortSignal): Promise<ModelReply>;
  /** Names of the models that a server offers, at most 200. */
  list(
    connection: Pick<ModelConnection, 'apiKey'> & { baseUrl: string },
    signal?: AbortSignal,
  ): Promise<string[]>;
};
