// A process that measures items for `sgcode benchmark`, one after the other, as the command tells it. It lives no longer than the command.
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { readLocalConfig } from '../local-config.ts';
import { type LocalServices, openLocalServices } from '../local-services.ts';
import { type Answer, RequestSchema, type StartSchema } from './item-messages.ts';
import { type MeasuringTools, measureItem } from './measuring/measure-item.ts';
import { type MeasuredModel, measureModel } from './measuring/measured-model.ts';
import { ModelOutage } from './measuring/run-mechanism.ts';
import { rememberingTests } from './measuring/run-tests.ts';
import { takeKeys } from './take-keys.ts';

type Start = z.infer<typeof StartSchema>;
type Opened = MeasuringTools & { services: LocalServices; start: Start };

let opened: Promise<Opened> | null = null;

// Ctrl-C goes to everything in the terminal; the command decides when this process ends.
process.on('SIGINT', () => {});
process.on('disconnect', () => void end());
// The command may have ended while this file was loaded.
if (!process.connected) void end();
process.on('message', (message) => {
  const request = RequestSchema.parse(message);
  if (request.kind === 'start') {
    opened = open(request);
    void answer(async ({ services }) => ({
      kind: 'ready',
      description: await services.worker.run('describe', {}),
    }));
  } else {
    const { item } = request;
    void answer(async ({ start, ...tools }) => ({
      kind: 'record',
      record: await measureItem(tools, item, start.settings),
    }));
  }
});

async function open(start: Start): Promise<Opened> {
  const models = takeKeys(start.settings.models, process.env);
  await mkdir(start.home, { recursive: true });
  const services = await openLocalServices(
    {
      ...readLocalConfig(process.env, process.cwd()),
      databaseFile: join(start.home, 'runs.sqlite'),
      sharesFile: join(start.home, 'shares.sqlite'),
      blobDir: join(start.home, 'blobs'),
      secretKeyFile: join(start.home, 'secret.key'),
    },
    { concurrency: 1 },
  );
  if (start.settings.ggan) await services.riskModel.assess('');
  return {
    services,
    runTests: rememberingTests(services.testRunner),
    models,
    modelOf: rememberingModel(services),
    start,
  };
}

/** The file of calls is read once: it is the same for every item. */
function rememberingModel({ codeModel }: LocalServices): MeasuringTools['modelOf'] {
  const known = new Map<string, MeasuredModel>();
  return (file) => {
    const model = known.get(file) ?? measureModel(codeModel, file);
    known.set(file, model);
    return model;
  };
}

async function answer(work: (opened: Opened) => Promise<Answer>): Promise<void> {
  send(await answerOf(work));
}

async function answerOf(work: (opened: Opened) => Promise<Answer>): Promise<Answer> {
  try {
    if (opened === null) throw new Error('it was not told where to work');
    return await work(await opened);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof ModelOutage ? 'outage' : 'failed', message };
  }
}

function send(message: Answer): void {
  // The command may be gone by now; then `disconnect` ends this process.
  if (process.connected) process.send?.(message, () => {});
}

async function end(): Promise<void> {
  const work = await opened?.catch(() => null);
  if (work) {
    await work.services.close();
    await rm(work.start.home, { recursive: true, force: true });
    // The last one of a command that was killed removes the folder of all.
    await rmdir(dirname(work.start.home)).catch(() => {});
  }
  process.exit();
}
