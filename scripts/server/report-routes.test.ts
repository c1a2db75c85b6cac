import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CodeCheckSchema } from '#domain/code-check.ts';
import { ReportSchema } from '#domain/report.ts';
import { RunSchema } from '#domain/run.ts';
import { RunEventsSchema } from '#domain/run-events.ts';
import { CreatedShareSchema } from '#domain/share.ts';
import { readPdf } from '#rendering/pdf/fixtures/read-pdf.ts';
import { readLocalConfig } from '../local-config.ts';
import { type LocalServices, openLocalServices } from '../local-services.ts';
import { type LocalServer, serveLocally } from './local-server.ts';

const PROGRAM = `import subprocess

import yaml

PASSWORD = "hunter2-not-for-sale"


def load(text):
    return yaml.load(text)


def ping(host):
    return subprocess.check_output("ping -c 1 " + host, shell=True)
`;

describe('what a finished run offers', () => {
  let home: string;
  let services: LocalServices;
  let server: LocalServer;
  let runId: string;

  const send = (path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') =>
    fetch(`${server.url}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const report = async () => ReportSchema.parse(await (await send(`/v1/runs/${runId}/report`)).json());
  const check = async (body: unknown) => {
    const answer = await send(`/v1/runs/${runId}/checks`, body);
    return CodeCheckSchema.parse(await answer.json());
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sgcode-report-'));
    services = await openLocalServices(readLocalConfig({ SGCODE_HOME: home }, home));
    server = await serveLocally(services, { port: 0 });
    const created = RunSchema.parse(await (await send('/v1/runs', { code: PROGRAM })).json());
    runId = created.id;
    while ((await services.runStore.get(null, runId))?.status !== 'finished') await pause(100);
  }, 120_000);

  afterAll(async () => {
    await server.close();
    await services.close();
    await rm(home, { recursive: true, force: true });
  });

  it('tells what it did, step by step', async () => {
    const told = RunEventsSchema.parse(await (await send(`/v1/runs/${runId}/events`)).json());

    expect(told.status).toBe('finished');
    expect(told.events.map(({ number }) => number)).toEqual(told.events.map((_, index) => index + 1));
    const steps = told.events.map(({ step }) => step);
    expect(steps.slice(0, 2)).toEqual(['Analyze', 'PlanEdits']);
    expect(steps.at(-1)).toBe('Report');
    expect(steps.filter((step) => ['ApplyEdits', 'Decide'].includes(step)).length).toBeGreaterThan(1);
    expect(told.events.find(({ step }) => step === 'Analyze')?.note).toBe('3 counted findings');
    expect(told.spent).toMatchObject({ calls: 0, costUsd: 0 });
  });

  it('accepts the secured code again, and the original with what is left in it', async () => {
    const { secured, findings, environment } = await report();

    const again = await check({ code: secured.code });
    const original = await check({ code: PROGRAM, edits: [] });

    expect(again).toMatchObject({ accepted: true, reasons: [], findings, environment });
    expect(again.gates.secure.light).toBe('pass');
    expect([again.gates.behavior.light, again.gates.tests.light]).toEqual(['not-run', 'not-run']);
    expect(original).toMatchObject({ accepted: true, environment: [], findings: { fixed: 0, remaining: 3 } });
    expect(original.gates.secure.light).toBe('fail');
    expect(await readdir(join(home, 'blobs', 'analyses'))).toEqual([]);
  });

  it('judges a version by the edits that it keeps', async () => {
    const { secured, edits } = await report();
    const withoutSecret = edits.filter(({ operator }) => operator !== 'secret-from-env').map(({ id }) => id);

    const declared = await check({ code: secured.code, edits: edits.map(({ id }) => id) });
    const undeclared = await check({ code: secured.code, edits: withoutSecret });

    expect(declared.accepted).toBe(true);
    expect(undeclared.accepted).toBe(false);
    expect(undeclared.gates.surface.light).toBe('fail');
  });

  it('refuses a version that drops, hides or adds something', async () => {
    const dropped = await check({ code: PROGRAM.replace(/def ping[\s\S]*/, '') });
    const hidden = await check({ code: PROGRAM.replace('yaml.load(text)', 'yaml.load(text)  # nosec') });
    const worse = await check({ code: `${PROGRAM}\n\ndef run(text):\n    return eval(text)\n` });
    const broken = await check({ code: 'def load(:\n' });

    expect(dropped.gates.surface.light).toBe('fail');
    expect(hidden.gates.honest.light).toBe('fail');
    expect(worse.findings.introduced).toBe(1);
    expect(broken.gates.parses.light).toBe('fail');
    for (const version of [dropped, hidden, worse, broken]) {
      expect(version.accepted).toBe(false);
      expect(version.reasons.length).toBeGreaterThan(0);
    }
  });

  it('comes as a PDF, whole, in bytes', async () => {
    const answer = await send(`/v1/runs/${runId}/report?format=pdf`);

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const text = readPdf(new Uint8Array(await answer.arrayBuffer())).join('\n');
    expect(text).toContain('yaml.safe_load(text)');
    expect(text).toContain('hunter2-not-for-sale');
  }, 120_000);

  it('is opened by a link without its secrets, until the link is revoked', async () => {
    const made = await send(`/v1/runs/${runId}/shares`, {});
    const { id, token } = CreatedShareSchema.parse(await made.json());

    const json = await (await send(`/v1/shared/${token}`)).text();
    const pdf = await send(`/v1/shared/${token}?format=pdf`);
    const text = readPdf(new Uint8Array(await pdf.arrayBuffer())).join('\n');
    const revoked = await send(`/v1/shares/${id}`, undefined, 'DELETE');

    expect(JSON.parse(json)).toMatchObject({ runId, verdict: 'secured' });
    for (const shared of [json, text]) expect(shared).not.toContain('hunter2-not-for-sale');
    expect(pdf.headers.get('sgcode-secrets')).toBe('masked');
    expect(revoked.status).toBe(204);
    expect((await send(`/v1/shared/${token}`)).status).toBe(404);
  }, 120_000);
});
