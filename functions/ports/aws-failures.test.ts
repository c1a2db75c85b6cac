import { afterEach, describe, expect, it } from '@jest/globals';
import { RunSettingsSchema } from '#domain/loop-state.ts';
import { blobCalls, quickCalls } from './aws-client-settings.ts';
import { createS3BlobStore } from './blob-store/s3-blob-store.ts';
import { createS3Client } from './blob-store/s3-client.ts';
import { createDynamoClient } from './dynamo-client.ts';
import { acceptErrorsOfNode } from './fixtures/errors-of-node.ts';
import { jsonAnswer, type ScriptedAnswer, startScriptedService } from './fixtures/scripted-service.ts';
import { createDynamoQuota } from './quota/dynamo-quota.ts';
import { createSfnClient } from './run-launcher/sfn-client.ts';
import { createStepFunctionsRunLauncher } from './run-launcher/step-functions-run-launcher.ts';
import { createDynamoRunStore } from './run-store/dynamo-run-store.ts';
import { createKmsClient } from './secret-box/kms-client.ts';
import { createKmsSecretBox } from './secret-box/kms-secret-box.ts';

const ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/canary';
const runId = 'a'.repeat(32);
const run = {
  id: runId,
  owner: 'ann',
  path: 'app.py',
  settings: RunSettingsSchema.parse({}),
  input: 'code' as const,
  hasTests: false,
  createdAt: '2026-01-01T00:00:00.000Z',
};

acceptErrorsOfNode();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const failure = (name: string): ScriptedAnswer =>
  jsonAnswer(400, { __type: `com.amazonaws#${name}`, message: `User is not allowed on ${ARN}` });
const s3Failure = (status: number, code: string): ScriptedAnswer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${ARN}</Message></Error>`,
  headers: { 'content-type': 'application/xml' },
});
const cancelled = (...reasons: string[]): ScriptedAnswer =>
  jsonAnswer(400, {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    CancellationReasons: reasons.map((Code) => ({ Code })),
  });
/** Shorter waits than on AWS for what does not answer; all else as the clients have it. */
const impatient = ({ requestHandler }: typeof quickCalls, script: readonly ScriptedAnswer[]) =>
  script.some((answer) => String(answer).startsWith('silence'))
    ? { requestHandler: { ...requestHandler, requestTimeout: 500, socketTimeout: 500 } }
    : {};

async function serve(...script: ScriptedAnswer[]) {
  const service = await startScriptedService(script);
  closing.push(service.close);
  const { clientConfig } = service;
  const dynamo = createDynamoClient({ ...clientConfig, ...impatient(quickCalls, script) });
  const s3 = createS3Client({ ...clientConfig, ...impatient(blobCalls, script) });
  const sfn = createSfnClient({ ...clientConfig, ...impatient(quickCalls, script) });
  const kms = createKmsClient({ ...clientConfig, ...impatient(quickCalls, script) });
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:canary';
  return {
    requests: service.requests,
    runStore: createDynamoRunStore({ client: dynamo, tableName: 'canary' }),
    quota: createDynamoQuota({ client: dynamo, tableName: 'canary' }),
    blobStore: createS3BlobStore({ client: s3, bucket: 'canary' }),
    launcher: createStepFunctionsRunLauncher({ client: sfn, stateMachineArn, input: async () => ({}) }),
    secretBox: createKmsSecretBox({ client: kms, keyArn: ARN }),
  };
}
type Served = Awaited<ReturnType<typeof serve>>;

const context = { runId, host: 'models.example:443' };
const reservation = { owner: 'ann', counter: 'runs', limit: 5, windowSeconds: 60 } as const;
const outcome = { verdict: 'failed', reason: '', findings: null, cancelled: false, failure: null } as const;

/** One call of every adapter. */
const calls: [string, (served: Served) => Promise<unknown>][] = [
  ['runStore.create', ({ runStore }) => runStore.create(run)],
  ['runStore.get', ({ runStore }) => runStore.get(null, runId)],
  ['runStore.list', ({ runStore }) => runStore.list('ann', { limit: 1 })],
  ['runStore.finish', ({ runStore }) => runStore.finish(runId, outcome)],
  ['runStore.isCancelRequested', ({ runStore }) => runStore.isCancelRequested(runId)],
  ['runStore.abandoned', ({ runStore }) => runStore.abandoned()],
  ['quota.reserve', ({ quota }) => quota.reserve(reservation)],
  ['launcher.launch', ({ launcher }) => launcher.launch(runId)],
];

type Outcome = { name: string; why: string | undefined; tries: number; canary: boolean };

/** What every call ends in where the service behaves like this. */
async function outcomes(answer: ScriptedAnswer, asked: typeof calls): Promise<Record<string, Outcome>> {
  const entries = asked.map(async ([call, ask]) => {
    const served = await serve(answer);
    const error: unknown = await ask(served).catch((reason: unknown) => reason);
    const { name, message } = error instanceof Error ? error : new Error('nothing failed');
    const why = /(\w+)\.?$/.exec(message)?.[1];
    return [call, { name, why, tries: served.requests(), canary: message.includes('canary') }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

const NAMES = calls.map(([name]) => name);

it.each([
  ['AccessDeniedException', failure('AccessDeniedException'), 1],
  ['ThrottlingException', failure('ThrottlingException'), 4],
  ['InternalServerError', jsonAnswer(500, { __type: 'InternalServerError' }), 4],
  ['ETIMEDOUT', 'silence', 4],
  ['ECONNRESET', 'reset', 4],
] as const)('%s: every adapter says so by its name alone', async (why, answer, tries) => {
  const expected = { name: 'StoreUnavailableError', why, tries, canary: false };

  expect(await outcomes(answer, calls)).toEqual(Object.fromEntries(NAMES.map((name) => [name, expected])));
});

describe('runs on DynamoDB', () => {
  it('are read once the service answers', async () => {
    const served = await serve(failure('ThrottlingException'), 'reset', 'silence', jsonAnswer(200, {}));

    expect(await served.runStore.get(null, runId)).toBeNull();
    expect(served.requests()).toBe(4);
  });

  it('are created once two writers no longer meet', async () => {
    const conflict = cancelled('None', 'TransactionConflict');
    const served = await serve(conflict, conflict, jsonAnswer(200, {}));

    const created = await served.runStore.create({ ...run, idempotency: { key: 'k', requestHash: 'h' } });

    expect([created.isNew, served.requests()]).toEqual([true, 3]);
  });

  it('are not created again where a condition did not hold', async () => {
    const served = await serve(cancelled('ConditionalCheckFailed', 'TransactionConflict'));

    await expect(served.runStore.create(run)).rejects.toMatchObject({ name: 'ConflictError' });
    expect(served.requests()).toBe(1);
  });
});

describe('blobs on S3', () => {
  const blobCalled: typeof calls = [
    ['get', ({ blobStore }) => blobStore.get('runs/a/x.py')],
    ['put', ({ blobStore }) => blobStore.put('runs/a/x.py', new Uint8Array([1]))],
    ['putNew', ({ blobStore }) => blobStore.putNew('runs/a/x.py', new Uint8Array([1]))],
    ['delete', ({ blobStore }) => blobStore.delete('runs/a/x.py')],
    ['deletePrefix', ({ blobStore }) => blobStore.deletePrefix('runs/a/')],
  ];

  it.each([
    ['AccessDenied', s3Failure(403, 'AccessDenied'), 1],
    ['SlowDown', s3Failure(503, 'SlowDown'), 4],
    ['ETIMEDOUT', 'silence', 4],
    ['ECONNRESET', 'reset', 4],
  ] as const)('cannot be used where there is %s', async (why, answer, tries) => {
    const expected = { name: 'StoreUnavailableError', why, tries, canary: false };

    const found = await outcomes(answer, blobCalled);

    expect(found).toEqual(Object.fromEntries(blobCalled.map(([name]) => [name, expected])));
  });

  it.each(['half an answer', 'silence after half an answer'] as const)(
    'are not given out cut short: %s',
    async (answer) => {
      const served = await serve(answer);

      await expect(served.blobStore.get('runs/a/x.py')).rejects.toMatchObject({
        name: 'StoreUnavailableError',
      });
    },
  );

  it('are not called removed where one is left', async () => {
    const xml = (body: string): ScriptedAnswer => ({ status: 200, body, headers: {} });
    const served = await serve(
      xml('<ListBucketResult><Contents><Key>runs/a/x.py</Key></Contents></ListBucketResult>'),
      xml('<DeleteResult><Error><Key>runs/a/x.py</Key><Code>AccessDenied</Code></Error></DeleteResult>'),
    );

    await expect(served.blobStore.deletePrefix('runs/a/')).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      message: 'blobs runs/a/ cannot be removed: AccessDenied',
    });
  });
});

describe('secrets under KMS', () => {
  it.each([
    ['AccessDeniedException', failure('AccessDeniedException'), 1],
    ['ThrottlingException', failure('ThrottlingException'), 4],
    ['KMSInternalException', jsonAnswer(500, { __type: 'KMSInternalException' }), 4],
    ['ETIMEDOUT', 'silence', 4],
    ['ECONNRESET', 'reset', 4],
  ] as const)('cannot be used where there is %s', async (why, answer, tries) => {
    const expected = { name: 'SecretUnavailableError', why, tries, canary: false };

    const found = await outcomes(answer, [
      ['seal', ({ secretBox }) => secretBox.seal('sk-secret', context)],
      ['open', ({ secretBox }) => secretBox.open('c2VhbGVk', context)],
    ]);

    expect(found).toEqual({ seal: expected, open: expected });
  });
});

it('tells the caller what failed before API Gateway gives up', () => {
  for (const { maxAttempts, requestHandler } of [quickCalls, blobCalls]) {
    expect(maxAttempts * (requestHandler.connectionTimeout + requestHandler.requestTimeout)).toBeLessThan(
      25_000,
    );
  }
});
