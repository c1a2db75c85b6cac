import OpenAI from 'openai';
import { type Exchange, exchange, type Limits } from './exchange.ts';
import type { GuardedFetch } from './guarded-fetch.ts';

export type Server = { baseUrl: string; apiKey: string | null };

/** A request of the openai package that is not read by it. */
type Call = (client: OpenAI) => { asResponse(): Promise<unknown> };

/**
 * Lets the openai package build a request and sends it itself. The package gets an empty answer: what the server
 * sent is judged here, so that no text of it comes back in an error, and nothing is asked twice. Rejects as
 * `exchange` does.
 */
export async function ask(
  call: Call,
  {
    fetch,
    server,
    limits,
    signal,
  }: { fetch: GuardedFetch; server: Server; limits: Limits; signal?: AbortSignal },
): Promise<Exchange> {
  let outcome: { answer: Exchange } | { error: unknown } | undefined;
  const client = clientFor(server.baseUrl, async (url, init) => {
    const request = {
      method: init?.method === 'GET' ? ('GET' as const) : ('POST' as const),
      headers: headersFor(server.apiKey, init?.body !== undefined && init.body !== null),
      ...(typeof init?.body === 'string' && { body: init.body }),
    };
    try {
      outcome = { answer: await exchange(fetch, String(url), request, limits, signal) };
    } catch (error) {
      outcome = { error };
    }
    return new Response('{}');
  });
  await call(client).asResponse();
  if (outcome === undefined) throw new Error('the openai package sent no request');
  if ('error' in outcome) throw outcome.error;
  return outcome.answer;
}

/**
 * Everything that the package would else take from OPENAI_* variables is given here, but OPENAI_CUSTOM_HEADERS,
 * which it always reads: its headers are not used at all.
 */
function clientFor(baseURL: string, fetch: (url: unknown, init?: RequestInit) => Promise<Response>): OpenAI {
  return new OpenAI({
    baseURL,
    // It insists on a key; the real one is only put into the header.
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    // The deadline is ours.
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    fetch,
  });
}

function headersFor(apiKey: string | null, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'sgcode',
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
  };
}
