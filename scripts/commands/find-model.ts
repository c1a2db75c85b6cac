import { visibleLine } from '#domain/report/visible-text.ts';
import type { CommandContext } from './command-context.ts';
import { isOpenAiModel, OPENAI } from './openai-address.ts';
import { UsageError } from './usage-error.ts';

type Search = {
  /** A variable with a key was named. */
  hasKey: boolean;
  flags: { baseUrl: string };
  context: Pick<CommandContext, 'env' | 'stderr' | 'openModels'>;
};

/** More names would hide what a person is to do. */
const MOST_NAMES = 8;

/**
 * Where a model is that was named without its server: at OpenAI for a name of theirs and with a key, else on a
 * server of this machine that offers it. Says on stderr which it is. Rejects with UsageError where there is none.
 */
export async function findModel(
  name: string,
  { hasKey, flags, context }: Search,
): Promise<{ name: string; baseUrl: string }> {
  const { env, stderr, openModels } = context;
  if (isOpenAiModel(name) && (hasKey || env[OPENAI.keyVariable])) {
    stderr.write(`Using ${visibleLine(name)} on ${OPENAI.name} at ${OPENAI.baseUrl}\n`);
    return { name, baseUrl: OPENAI.baseUrl };
  }
  const servers = await (await openModels()).findLocalServers();
  for (const server of servers) {
    const offered = server.models.find((model) => model === name || model === `${name}:latest`);
    if (offered === undefined) continue;
    stderr.write(`Using ${visibleLine(offered)} on ${server.name} at ${server.baseUrl}\n`);
    return { name: offered, baseUrl: server.baseUrl };
  }
  const found = servers.map(
    (server) => `${server.name} at ${server.baseUrl} offers ${namesOf(server.models)}`,
  );
  const openAi = isOpenAiModel(name) ? ` For OpenAI's models set ${OPENAI.keyVariable}.` : '';
  throw new UsageError(
    `no server is known for the model ${visibleLine(name)}: name one with ${flags.baseUrl}, such as http://127.0.0.1:11434/v1.${openAi} ${
      found.length === 0
        ? 'On this machine no server of models answers on a usual port.'
        : `On this machine ${found.join('; ')}.`
    }`,
  );
}

function namesOf(models: readonly string[]): string {
  const shown = models.slice(0, MOST_NAMES).map(visibleLine).join(', ');
  return models.length > MOST_NAMES ? `${shown} and ${models.length - MOST_NAMES} more` : shown;
}
