import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type StepName, steps } from '#hardening/steps.ts';
import { EMULATOR_MISSING } from '#ports/fixtures/aws-emulator.ts';
import { canSeal } from '#ports/test-runner/fixtures/real-runner.ts';
import { CHECKOUT } from '../setup/paths.mjs';
import { createApiClient } from './api-client.ts';
import { type DeployedSystem, deploySystem } from './deployed-system.ts';
import type { Fault } from './faults.ts';

const VULNERABLE = 'import yaml\n\n\ndef read(text):\n    return yaml.load(text)  # the settings\n';
const SECURED = VULNERABLE.replace('yaml.load(', 'yaml.safe_load(');
/** What no operator covers, so that a model is asked. */
const UNFIXABLE = 'import pickle\n\n\ndef read(data):\n    return pickle.loads(data)\n';
const HARMLESS = 'x = 1\n';
const PROMPT = 'Write a function that reads YAML.';
const MODELS = { models: { general: { name: 'some-model', baseUrl: 'https://models.example.com/v1' } } };

/** Each state, with a run that meets it. */
const STATES = [
  ['Generate', { prompt: PROMPT, settings: MODELS }],
  ['AnalyzeFile', { code: VULNERABLE }],
  ['PlanEdits', { code: VULNERABLE }],
  ['ApplyEdits', { code: VULNERABLE }],
  ['Excerpt', { code: UNFIXABLE, settings: MODELS }],
  ['Repair', { code: UNFIXABLE, settings: MODELS }],
  ['PutBack', { code: UNFIXABLE, settings: MODELS }],
  ['AnalyzeCandidate', { code: VULNERABLE }],
  ['Verify', { code: VULNERABLE }],
  ['RunPrograms', { code: VULNERABLE, settings: { behavior: 'always' } }],
  ['Decide', { code: VULNERABLE }],
] as const;

/** What a step that calls a model answers. */
const fromModel = (next: 'answer' | 'wait', waitSeconds = 0): Fault => ({
  kind: 'answer',
  answer: { next, waitSeconds, reason: null, stopped: null, tries: 1, waits: 0, ms: 1 },
});

/** Functions of a machine that does a lot else are slow to start. */
jest.setTimeout(120_000);

const RUNS_PER_DAY = 4;
const itSealed = (await canSeal()) ? it : it.skip;
const describeStack = EMULATOR_MISSING === null ? describe : describe.skip;

describeStack(`the deployed stack${EMULATOR_MISSING === null ? '' : `: ${EMULATOR_MISSING}`}`, () => {
  let system: DeployedSystem;
  let s3: S3Client;
  let stepFunctions: SFNClient;

  beforeAll(async () => {
    system = await deploySystem(CHECKOUT, { RUNS_PER_DAY: String(RUNS_PER_DAY) });
    s3 = new S3Client(system.emulator.clientConfig);
    stepFunctions = new SFNClient(system.emulator.clientConfig);
  }, 400_000);
  afterEach(() => system?.faults.clear());
  afterAll(async () => {
    s3?.destroy();
    stepFunctions?.destroy();
    await system?.close();
  });

  /** A caller that nobody was before: quotas are each caller's own. */
  const newClient = async () => createApiClient(system.apiUrl, await system.newApiKey());
  /** Leaves faults for the next calls of a state's function that are this state's. */
  const leave = (fault: Fault, state: StepName, times = 1) =>
    system.faults.leave(fault, { of: system.functionOf[state] ?? '', where: markOf(state), times });
  const blobsOf = async (runId: string): Promise<string[]> => {
    const prefix = { Bucket: system.outputs.BucketName, Prefix: `runs/${runId}/` };
    const { Contents = [] } = await s3.send(new ListObjectsV2Command(prefix));
    return Contents.map(({ Key = '' }) => Key.slice(prefix.Prefix.length)).sort();
  };
  const executionOf = (runId: string) => ({
    executionArn: `${system.outputs.StateMachineArn.replace(':stateMachine:', ':execution:')}:${runId}`,
  });
  const faultsAreMet = async () => {
    while ((await system.faults.left()) > 0) await sleep(50);
  };

  it('takes a program with a key, and gives its report back', async () => {
    const client = await newClient();

    const queued = await client.start({ path: 'app.py', code: VULNERABLE });
    const run = await client.finished(queued);
    const report = await client.report(run);

    expect([queued.status, run.outcome?.verdict, run.outcome?.failure]).toEqual(['queued', 'secured', null]);
    expect([report.verdict, report.secured.code, report.path]).toEqual(['secured', SECURED, 'app.py']);
    expect(await blobsOf(run.id)).toEqual(expect.arrayContaining(['original.py', 'report.json']));
    const { status } = await stepFunctions.send(new DescribeExecutionCommand(executionOf(run.id)));
    expect(status).toBe('SUCCEEDED');
  });

  itSealed('runs original and result side by side where that is asked for', async () => {
    const client = await newClient();

    const body = { code: VULNERABLE, settings: { behavior: 'always' } };
    const run = await client.finished(await client.start(body));
    const { verdict, gates } = await client.report(run);

    expect([verdict, gates.behavior.light]).toEqual(['secured', 'pass']);
  });

  it('refuses a wrong key and none', async () => {
    const wrong = createApiClient(system.apiUrl, 'wrong-key-0123456789-0123456789');
    const none = createApiClient(system.apiUrl, null);

    const answers = await Promise.all(
      [wrong, none].flatMap((client) => [
        client.send('POST', '/runs', { code: VULNERABLE }),
        client.send('GET', '/runs'),
      ]),
    );

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('shows a run to nobody but its owner', async () => {
    const owner = await newClient();
    const stranger = await newClient();
    const run = await owner.start({ code: HARMLESS });

    const answers = await Promise.all([
      stranger.send('GET', `/runs/${run.id}`),
      stranger.send('GET', `/runs/${run.id}/report`),
      stranger.send('POST', `/runs/${run.id}/cancel`),
      stranger.send('DELETE', `/runs/${run.id}`),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await owner.finished(run)).outcome).toMatchObject({
      verdict: 'already-secure',
      cancelled: false,
    });
  });

  it('ends a client at its quota, says when to come back, and ends nobody else', async () => {
    const client = await newClient();
    for (let count = 0; count < RUNS_PER_DAY; count += 1) await client.start({ code: HARMLESS });

    const over = await client.send('POST', '/runs', { code: HARMLESS });

    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await (await newClient()).start({ code: HARMLESS })).status).toBe('queued');
  });

  it('gives one run for one idempotency key', async () => {
    const client = await newClient();
    const headers = { 'idempotency-key': 'the same' };

    const first = await client.start({ code: HARMLESS }, headers);
    const again = await Promise.all([1, 2].map(() => client.start({ code: HARMLESS }, headers)));

    expect(again.map(({ id }) => id)).toEqual([first.id, first.id]);
    expect((await client.finished(first)).outcome?.verdict).toBe('already-secure');
  });

  it('refuses a body of another form', async () => {
    const response = await (await newClient()).send('POST', '/runs', { cod: VULNERABLE });

    expect(response.status).toBe(400);
  });

  it.each(STATES)('ends in a failed report where %s fails', async (state, body) => {
    const errorMessage = `the disk of ${state} is full`;
    if (state === 'PutBack') await leave(fromModel('answer'), 'Repair');
    await leave({ kind: 'error', errorType: 'StoreUnavailableError', errorMessage }, state);
    const client = await newClient();

    const run = await client.finished(await client.start({ path: 'app.py', ...body }));
    const report = await client.report(run);

    expect(await system.faults.left()).toBe(0);
    expect(run.outcome?.failure).toMatchObject({ message: expect.stringContaining(errorMessage) });
    expect(report.verdict).not.toBe('secured');
    expect(report.secured.code).toBe(report.original.code);
  });

  it('gives a run its report where even Report fails', async () => {
    await leave({ kind: 'error', errorType: 'StoreUnavailableError', errorMessage: 'no disk' }, 'Report');
    const client = await newClient();

    const run = await client.finished(await client.start({ code: VULNERABLE }));

    expect(run.outcome).toMatchObject({ failure: { message: 'Its execution failed.' } });
    expect((await client.report(run)).original.code).toBe(VULNERABLE);
  });

  it.each([
    ['AnalyzeFile', 'WorkerLostError'],
    ['ApplyEdits', 'WorkerLostError'],
    ['PlanEdits', 'Lambda.TooManyRequestsException'],
    ['Report', 'Lambda.ServiceException'],
  ] as const)('tries %s again after each %s', async (state, errorType) => {
    await leave({ kind: 'error', errorType, errorMessage: 'not now' }, state, 2);
    const client = await newClient();

    const run = await client.finished(await client.start({ code: VULNERABLE }));

    expect(await system.faults.left()).toBe(0);
    expect(run.outcome).toMatchObject({ verdict: 'secured', failure: null });
  });

  it.each(['AnalyzeFile', 'PlanEdits', 'ApplyEdits', 'Verify', 'Decide', 'Report'] as const)(
    'comes to the same where the answer of %s is lost',
    async (state) => {
      const errorType = 'Lambda.SdkClientException';
      await leave({ kind: 'lost-answer', errorType, errorMessage: 'connection reset' }, state);
      const client = await newClient();

      const run = await client.finished(await client.start({ code: VULNERABLE }));
      const report = await client.report(run);

      expect(await system.faults.left()).toBe(0);
      expect([report.verdict, report.secured.code, report.iterations]).toEqual(['secured', SECURED, 1]);
    },
  );

  it('finalizes an execution that is stopped from outside, and deletes the key of its model', async () => {
    await leave(fromModel('wait', 300), 'Generate');
    const client = await newClient();
    const key = { 'sgcode-model-key': 'sk-the-key-of-a-user' };
    const queued = await client.start({ prompt: PROMPT, settings: MODELS }, key);
    await faultsAreMet();
    const before = await blobsOf(queued.id);

    await stepFunctions.send(new StopExecutionCommand(executionOf(queued.id)));
    const run = await client.finished(queued);
    const report = await client.report(run);

    expect(before).toContain('key-general.json');
    expect(await blobsOf(queued.id)).not.toContain('key-general.json');
    expect(run.outcome).toMatchObject({ verdict: 'failed' });
    expect(report.reason).toMatch(/stopped from outside/);
    const history = await stepFunctions.send(new GetExecutionHistoryCommand(executionOf(queued.id)));
    expect(JSON.stringify([history.events, report])).not.toContain('sk-the-key-of-a-user');
  });

  it('stops a run that its owner cancels', async () => {
    await leave(fromModel('wait', 30), 'Generate');
    const client = await newClient();
    const queued = await client.start({ prompt: PROMPT, settings: MODELS });
    await faultsAreMet();

    const { status } = await client.send('POST', `/runs/${queued.id}/cancel`);
    const run = await client.finished(queued);

    expect([status, run.outcome?.cancelled]).toEqual([202, true]);
  });

  it('works on after an input that no parser bears, and after an environment that died', async () => {
    const client = await newClient();
    await leave({ kind: 'exit' }, 'AnalyzeFile');
    const died = await client.finished(await client.start({ code: VULNERABLE }));
    const deep = `x = ${'('.repeat(50_000)}${')'.repeat(50_000)}\n`;
    const poisoned = await client.finished(await client.start({ code: deep }));

    const next = await client.finished(await client.start({ code: VULNERABLE }));

    expect([died.outcome?.verdict, poisoned.outcome?.verdict]).toEqual(['failed', 'failed']);
    expect(next.outcome?.verdict).toBe('secured');
  });
});

/** What the events of a state hold and those of others that the same function serves do not. */
function markOf(state: StepName): string {
  if (state === 'AnalyzeFile') return '/original-';
  if (state === 'AnalyzeCandidate') return '/candidate-';
  const step = steps[state];
  return step.runs === 'worker' ? `"${step.step}"` : '';
}
