import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptErrorsOfNode } from '../fixtures/errors-of-node.ts';
import { type InvocationOutcome, startLambdaService } from '../fixtures/lambda-service.ts';
import { createLambdaClient } from '../lambda-client.ts';
import { canSeal } from './fixtures/real-runner.ts';
import { createLambdaTestRunner } from './lambda-test-runner.ts';
import { describeTestRunner } from './test-runner.contract.ts';

acceptErrorsOfNode();

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const PYTHON = path('../../../.venv-runner/bin/python');
const PACKAGE = path('../../test-runner');
const HANDLE_ONE = `
import json, sys, types
from sgcode_runner.lambda_handler import handler
asked = json.load(sys.stdin)
print(json.dumps(handler(asked["event"], types.SimpleNamespace(tenant_id=asked["tenantId"]))))
`;

/** The function's own handler in an environment of its own for each tenant. */
function handleInPython(invocation: { event: unknown; tenantId: string | null }): Promise<InvocationOutcome> {
  const child = spawn(PYTHON, ['-c', HANDLE_ONE], {
    cwd: PACKAGE,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', PYTHONPATH: PACKAGE },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.add(child);
  child.stdin.end(JSON.stringify(invocation));
  let answer = '';
  child.stdout.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      resolve(code === 0 ? { answer: JSON.parse(answer) } : 'reset');
    });
  });
}

const running = new Set<ReturnType<typeof spawn>>();
let service: Awaited<ReturnType<typeof startLambdaService>>;
beforeAll(async () => {
  service = await startLambdaService(handleInPython);
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await service.close();
});

describeTestRunner(
  'the Lambda test runner',
  () =>
    createLambdaTestRunner({
      client: createLambdaClient(60_000, service.clientConfig),
      functionName: 'test-runner',
    }),
  { isRunnable: await canSeal() },
);

describe('the Lambda test runner', () => {
  async function runnerOver(outcome: InvocationOutcome) {
    const tenants: (string | null)[] = [];
    const scripted = await startLambdaService(async ({ tenantId }) => {
      tenants.push(tenantId);
      return outcome;
    });
    const client = createLambdaClient(5_000, { ...scripted.clientConfig, maxAttempts: 1 });
    return {
      runner: createLambdaTestRunner({ client, functionName: 'f', graceMs: 0 }),
      tenants,
      close: scripted.close,
    };
  }
  const answer = { seal: 'environment', callsFiltered: true, python: '3.13.0' };
  const tests = { program: '', module: 'm', tests: '', testsFile: 'test_m.py', environment: {} };

  it('is a tenant of its own with each request', async () => {
    const { runner, tenants, close } = await runnerOver({ answer });

    await runner.describe();
    await runner.describe();
    await close();

    expect(tenants).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(tenants).size).toBe(2);
  });

  it.each<InvocationOutcome>([
    { functionError: { errorType: 'Sandbox.Timedout', errorMessage: 'canary' } },
    { functionError: { errorType: 'Runtime.ExitError', errorMessage: 'canary' } },
    { serviceError: { status: 403, type: 'AccessDeniedException' } },
    { answer: { seal: 1 } },
    'reset',
  ])('says that the runner failed, and no more of it (%j)', async (outcome) => {
    const { runner, close } = await runnerOver(outcome);

    const failure = await runner.describe().catch((error: Error) => error);
    await close();

    expect(failure).toMatchObject({ name: 'RunnerFailedError' });
    expect(String(failure)).not.toContain('canary');
  });

  it('gives up on one that does not answer', async () => {
    const { runner, close } = await runnerOver('silence');

    await expect(runner.runTests({ ...tests, seconds: 0.3 })).rejects.toMatchObject({
      name: 'RunnerFailedError',
    });
    await close();
  });
});
