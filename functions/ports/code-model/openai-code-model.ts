import { z } from 'zod';
import { ModelAnswerError, ModelBusyError, ModelRefusedError } from '#domain/errors.ts';
import { type ProfileRow, profileOf } from './capability-profiles.ts';
import type { CodeModel, ModelConnection, ModelReply, ModelRequest } from './code-model.ts';
import type { Exchange, Limits } from './exchange.ts';
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts';
import { type Lesson, lessonOf } from './lessons.ts';
import { ask, type Server } from './model-client.ts';
import { parseJson } from './parse-json.ts';
import { createProfileMemory, type ProfileMemory } from './profile-memory.ts';
import { readReply } from './read-reply.ts';
import { profileFor, type Question, questionFor } from './request-body.ts';
import { statusError } from './server-errors.ts';

export type OpenAiCodeModelOptions = {
  /** May loopback and private networks be called? Only on the machine of the person who names the server. */
  isLoopbackAllowed: boolean;
  /** May a server be called without TLS? */
  isHttpAllowed: boolean;
  /** Rows of capabilities that go before those that ship. */
  profiles?: readonly ProfileRow[];
  /** What was learned of servers; for the life of this model where it is left out. */
  memory?: ProfileMemory;
  /** 120 seconds for each request, 60 of silence once an answer has begun, 2 MiB. */
  limits?: Partial<Limits>;
  fetch?: GuardedFetch;
};

const defaultLimits: Limits = { timeoutMs: 120_000, silenceMs: 60_000, maxBytes: 2 * 1024 * 1024 };
const MOST_MODELS = 200;

const NameSchema = z.object({ id: z.string().regex(/^[\x21-\x7e]{1,200}$/) });
const ListSchema = z.union([z.object({ data: z.array(z.unknown()) }), z.array(z.unknown())]);

type Context = {
  fetch: GuardedFetch;
  limits: Limits;
  memory: ProfileMemory;
  rows: readonly ProfileRow[];
};

/**
 * The models behind any server that speaks OpenAI's API. A server is asked once; only a refusal that names a
 * field which it does not take is followed by one more request without that field.
 */
export function createOpenAiCodeModel(options: OpenAiCodeModelOptions): CodeModel {
  const context: Context = {
    fetch: options.fetch ?? createGuardedFetch(options),
    limits: { ...defaultLimits, ...options.limits },
    memory: options.memory ?? createProfileMemory(),
    rows: options.profiles ?? [],
  };
  return {
    complete: (request, connection, signal) => complete(context, request, connection, signal),
    list: (server, signal) => list(context, server, signal),
  };
}

async function complete(
  context: Context,
  request: ModelRequest,
  { settings, apiKey }: ModelConnection,
  signal: AbortSignal | undefined,
): Promise<ModelReply> {
  const started = performance.now();
  const { host } = new URL(settings.baseUrl);
  const attempt = async () => {
    const learned = context.memory.lessonFor(host, settings.name);
    const known = { ...profileOf(host, settings.name, context.rows), ...learned };
    const profile = profileFor(settings.template, known);
    const question = questionFor(request, settings, profile);
    const answer = await askOnce(context, question.call, { baseUrl: settings.baseUrl, apiKey }, signal);
    return { question, profile, answer, lesson: lessonOf(answer, question.body, profile) };
  };
  let last = await attempt();
  if (last.lesson) {
    await context.memory.learn(host, settings.name, last.lesson);
    last = await attempt();
    if (last.lesson) await learnLater(context.memory, host, settings.name, last.lesson);
  }
  const { answer, question, profile } = last;
  if (!isSuccess(answer)) throw errorOf(answer, host, settings.name, apiKey);
  const asked = { host, apiKey, prompt: question.prompt, isUsageTrusted: profile.usage };
  return { ...readReply(answer, asked), ms: performance.now() - started };
}

/** Two fields are refused one after the other: the second is left out from the next call on. */
async function learnLater(
  memory: ProfileMemory,
  host: string,
  model: string,
  lesson: Lesson,
): Promise<never> {
  await memory.learn(host, model, lesson);
  throw new ModelBusyError(
    `The model's server at ${host} does not take all that was sent for the model ${model}. Ask again: what it refused is left out from now on.`,
    0,
  );
}

async function list(
  context: Context,
  { baseUrl, apiKey }: Server,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { host } = new URL(baseUrl);
  const answer = await askOnce(context, (client) => client.models.list(), { baseUrl, apiKey }, signal);
  if (!isSuccess(answer)) throw errorOf(answer, host, '(list of models)', apiKey);
  const listed = ListSchema.safeParse(parseJson(new TextDecoder().decode(answer.bytes)));
  if (!listed.success) {
    throw new ModelAnswerError(
      `The model's server at ${host} does not list its models. Check its base URL, which mostly ends in /v1.`,
    );
  }
  const rows = Array.isArray(listed.data) ? listed.data : listed.data.data;
  const names = rows.map((row) => NameSchema.safeParse(row).data?.id).filter((name) => name !== undefined);
  return [...new Set(names)].slice(0, MOST_MODELS);
}

async function askOnce(
  { fetch, limits }: Context,
  call: Question['call'],
  server: Server,
  signal: AbortSignal | undefined,
): Promise<Exchange> {
  const { apiKey } = server;
  if (apiKey !== null && !/^[\x21-\x7e]{1,4000}$/.test(apiKey)) {
    throw new ModelRefusedError(
      'The key for the model is empty or holds spaces, line ends or other characters that no key has. ' +
        'Check the variable that --api-key-env names.',
    );
  }
  return ask(call, { fetch, limits, server, ...(signal && { signal }) });
}

function isSuccess({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

function errorOf(answer: Exchange, host: string, model: string, apiKey: string | null): Error {
  return statusError(answer, { host, model, hasKey: apiKey !== null, now: Date.now() });
}
