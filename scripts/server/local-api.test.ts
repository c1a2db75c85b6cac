import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnalyzedFileSchema } from '#domain/analyze-output.ts';
import { ReportSchema } from '#domain/report.ts';
import { type Run, RunSchema } from '#domain/run.ts';
import { readLocalConfig } from '../local-config.ts';
import { type LocalServices, openLocalServices } from '../local-services.ts';
import { type LocalServer, serveLocally } from './local-server.ts';

const PROGRAM = 'import yaml\n\n\ndef load(text):\n    return yaml.load(text)\n';

/** Under analysis for longer than a test needs to meet it there. */
const SLOW = Array.from({ length: 4_000 }, (_, n) => `x${n} = eval(str(${n}))\n`).join('');

describe('the API over this machine’s engine', () => {
  let home: string;
  let services: LocalServices;
  let server: LocalServer;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sgcode-api-'));
    services = await openLocalServices(readLocalConfig({ SGCODE_HOME: home }, home));
    server = await serveLocally(services, { port: 0 });
  });

  afterAll(async () => {
    await server.close();
    await services.close();
    await rm(home, { recursive: true, force: true });
  });

  const send = (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
    fetch(`${server.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const createRun = async (code: string, path = 'program.py') =>
    RunSchema.parse(await (await send('/v1/runs', { code, path })).json());

  async function finished(id: string): Promise<Run> {
    for (;;) {
      const run = RunSchema.parse(await (await send(`/v1/runs/${id}`)).json());
      if (run.status === 'finished') return run;
      await pause(50);
    }
  }

  it('brings twenty runs at once to their own reports', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);

    const runs = await Promise.all(
      numbers.map((n) => createRun(`${PROGRAM}\n\nNUMBER = ${n}\n`, `program-${n}.py`)),
    );
    const ended = await Promise.all(runs.map(({ id }) => finished(id)));
    const reports = await Promise.all(
      runs.map(async ({ id }) => ReportSchema.parse(await (await send(`/v1/runs/${id}/report`)).json())),
    );

    expect(new Set(runs.map(({ id }) => id)).size).toBe(20);
    expect(ended.map(({ outcome }) => outcome?.verdict)).toEqual(numbers.map(() => 'secured'));
    for (const [n, report] of reports.entries()) {
      expect(report.path).toBe(`program-${n}.py`);
      expect(report.secured.code).toBe(
        `${PROGRAM.replace('yaml.load', 'yaml.safe_load')}\n\nNUMBER = ${n}\n`,
      );
    }
  });

  it('leaves no file of a run that is deleted while it is at work or waits', async () => {
    const runs = [await createRun(SLOW), await createRun(SLOW), await createRun(PROGRAM)];
    const [first, , last] = runs.map(({ id }) => id);
    while ((await services.runStore.get(null, first ?? ''))?.status !== 'running') await pause(10);
    const waiting = await services.runStore.get(null, last ?? '');

    const answers = await Promise.all(runs.map(({ id }) => send(`/v1/runs/${id}`, undefined, 'DELETE')));

    expect(waiting?.status).toBe('queued');
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    // What a run that was still at work wrote would stand there by now.
    await pause(300);
    const left = await readdir(join(home, 'blobs', 'runs'));
    expect(left.filter((name) => runs.some(({ id }) => id === name))).toEqual([]);
  });

  it('answers for a worker that is killed in mid-request, and works on', async () => {
    const isAnswered = { yet: false };
    const answering = send('/v1/analyses', { code: SLOW }).finally(() => {
      isAnswered.yet = true;
    });

    while (!isAnswered.yet) {
      await pause(50);
      await killWorkers();
    }
    const interrupted = await answering;
    const next = await send('/v1/analyses', { code: PROGRAM });

    expect(interrupted.status).toBe(503);
    expect(interrupted.headers.get('retry-after')).toBe('1');
    expect(await interrupted.text()).not.toMatch(/SIGKILL|python|eval/);
    const file = AnalyzedFileSchema.parse(await next.json());
    expect(file.findings.map(({ rule }) => rule)).toContain('B506');
    expect(await readdir(join(home, 'blobs', 'analyses'))).toEqual([]);
  });
});

/** Kills this process's Python workers. */
async function killWorkers(): Promise<void> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of processes) {
    const [stat, command] = await Promise.all(
      ['stat', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
    );
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === process.pid && command?.includes('sgcode_worker')) process.kill(Number(pid), 'SIGKILL');
  }
}
