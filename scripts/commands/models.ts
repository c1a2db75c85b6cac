import type { ModelSettings } from '#domain/model-settings.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf } from '#domain/report/wording.ts';
import { priceOf } from '#ports/model-prices/prices.ts';
import { paintFor } from '#rendering/paint.ts';
import { type CommandContext, exitCodeOf, type ModelAccess } from './command-context.ts';
import { findServers, type KnownServer } from './known-servers.ts';
import { priceWords } from './price-words.ts';
import { testModel } from './test-model.ts';

export type ModelsOptions = { baseUrl?: string; apiKeyEnv?: string; model?: string; test?: boolean };

/** More names than these are counted: OpenAI lists about a hundred. */
const MOST_NAMES = 40;

type Listed = { server: KnownServer; names: string[]; problem: string | null };

/**
 * Lists the servers that can be reached with their models and prices, and with `test` asks one model of each. Returns 0
 * when any works, else 1. Rejects with UsageError.
 */
export async function models(options: ModelsOptions, context: CommandContext): Promise<number> {
  const { stdout, signal } = context;
  const access = await context.openModels();
  const servers = await findServers(options, access, context);
  if (servers.length === 0) {
    stdout.write(
      'No server of models answers on a usual port of this machine, and OPENAI_API_KEY is not set.\n' +
        'Start one, such as Ollama, or name one with --base-url.\n',
    );
    return 1;
  }
  let works = 0;
  for (const server of servers) {
    if (signal.aborted) break;
    const listed = await list(server, access, signal);
    const isWorking = await tell(listed, { options, access, context });
    if (isWorking) works += 1;
  }
  return exitCodeOf(signal, works > 0 ? 0 : 1);
}

async function list(server: KnownServer, access: ModelAccess, signal: AbortSignal): Promise<Listed> {
  if (server.models !== null) return { server, names: server.models, problem: null };
  try {
    const { baseUrl, apiKey } = server;
    return { server, names: await access.list({ baseUrl, apiKey }, signal), problem: null };
  } catch (error) {
    return { server, names: [], problem: error instanceof Error ? error.message : 'unknown error' };
  }
}

type Telling = { options: ModelsOptions; access: ModelAccess; context: CommandContext };

/** Shows one server; whether it works. */
async function tell(
  { server, names, problem }: Listed,
  { options, access, context }: Telling,
): Promise<boolean> {
  const { stdout, signal } = context;
  const paint = paintFor(stdout.hasColors);
  const write = (line: string) => stdout.write(`${line}\n`);
  write(paint('bold', `${visibleLine(server.name)} at ${visibleLine(server.baseUrl)}`));
  if (problem !== null) write(`  ${paint('red', '✗')} ${visibleLine(problem)}`);
  const wanted = options.model === undefined ? names : names.filter((name) => name === options.model);
  for (const name of wanted.slice(0, MOST_NAMES)) {
    write(`  ${visibleLine(name)}  ${paint('dim', priceWords(priceOf({ name, baseUrl: server.baseUrl })))}`);
  }
  if (wanted.length > MOST_NAMES) write(`  and ${countOf(wanted.length - MOST_NAMES, 'more model')}`);
  if (options.model !== undefined && wanted.length === 0 && problem === null) {
    write(`  ${visibleLine(options.model)} is not among its ${countOf(names.length, 'model')}`);
  }
  if (!options.test) return problem === null && wanted.length > 0;
  const name = nameToTest(options, server, wanted);
  if (name === null) return false;
  const settings: ModelSettings = { name, baseUrl: server.baseUrl, template: 'chat' };
  const result = await testModel(settings, server.apiKey, access, signal);
  const mark = result.isWorking ? paint('green', '✓') : paint('red', '✗');
  write(`  ${mark} ${visibleLine(name)}: ${visibleLine(result.words)}`);
  return result.isWorking;
}

/** One that a person named, even where the server lists none; else the first that has a known price, else the first. */
function nameToTest(options: ModelsOptions, server: KnownServer, names: readonly string[]): string | null {
  // A server that was found by itself need not be the one of the model that was named.
  if (options.model !== undefined && (names.length > 0 || options.baseUrl !== undefined))
    return options.model;
  return names.find((name) => priceOf({ name, baseUrl: server.baseUrl }) !== null) ?? names[0] ?? null;
}
