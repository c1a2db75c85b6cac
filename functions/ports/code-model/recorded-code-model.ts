import { ModelRefusedError } from '#domain/errors.ts';
import type { CodeModel, ModelConnection, ModelReply, ModelRequest } from './code-model.ts';
import { openRecords } from './records-file.ts';
import { withoutKey } from './redact-key.ts';
import { BOUNDARY, requestHash, stableRequest, withoutBoundary } from './request-hash.ts';

/**
 * Answers what was asked before from a file, with a record on each line, and adds to it what `inner` answers. No
 * question is asked twice, errors are not kept. Without `inner` it rejects with ModelRefusedError for a question
 * that is not in the file, which names its hash and how to record it. Holds no key: one that occurs in a text is
 * replaced. Rejects with StoreUnavailableError where the file cannot be read or written.
 */
export function createRecordedCodeModel(inner: CodeModel | null, file: string): CodeModel {
  const records = openRecords(file);
  /** The calls under way, so that two that ask the same are one. */
  const asking = new Map<string, Promise<ModelReply>>();
  const askAndKeep = async (from: CodeModel, hash: string, ...call: Parameters<CodeModel['complete']>) => {
    const reply = await from.complete(...call);
    await records.append(recordOf(hash, call[0], call[1], reply));
    return reply;
  };
  return {
    async complete(request, connection, signal) {
      const hash = requestHash(request, connection.settings);
      while (asking.has(hash)) await asking.get(hash)?.catch(() => {});
      const known = records.find(hash);
      if (known) return withBoundary(known, request);
      if (inner === null) throw notRecorded(hash, connection.settings.name, file);
      const asked = askAndKeep(inner, hash, request, connection, signal);
      asking.set(hash, asked);
      return asked.finally(() => asking.delete(hash));
    },
    async list(server, signal) {
      if (inner === null) throw new ModelRefusedError('Recorded answers hold no list of models.');
      return inner.list(server, signal);
    },
  };
}

function recordOf(
  hash: string,
  request: ModelRequest,
  { settings, apiKey }: ModelConnection,
  reply: ModelReply,
): string {
  const { host } = new URL(settings.baseUrl);
  const stable = { ...stableRequest(request), template: settings.template };
  const text = withoutBoundary(reply.text, request.boundary);
  const record = {
    hash,
    at: new Date().toISOString(),
    model: settings.name,
    host,
    request: stable,
    reply: { ...reply, text },
  };
  return JSON.stringify(record, (_, value: unknown) =>
    typeof value === 'string' ? withoutKey(value, apiKey) : value,
  );
}

function withBoundary(reply: ModelReply, { boundary }: ModelRequest): ModelReply {
  return boundary ? { ...reply, text: reply.text.replaceAll(BOUNDARY, boundary) } : reply;
}

function notRecorded(hash: string, model: string, file: string): ModelRefusedError {
  return new ModelRefusedError(
    `No answer of the model ${model} is recorded for the request ${hash}: its prompt or limit was changed. ` +
      `To record it, do the same once with the model's server set and ${file} as the file of records.`,
  );
}
