import { afterEach, describe, expect, it } from '@jest/globals';
import { securedReport } from '#domain/fixtures/reports.ts';
import { acceptErrorsOfNode } from '../fixtures/errors-of-node.ts';
import { type Invocation, type InvocationOutcome, startLambdaService } from '../fixtures/lambda-service.ts';
import { createLambdaClient } from '../lambda-client.ts';
import { createLambdaPdfRenderer } from './lambda-pdf-renderer.ts';

acceptErrorsOfNode();

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function rendererOver(outcome: InvocationOutcome) {
  const invocations: Invocation[] = [];
  const service = await startLambdaService(async (invocation) => {
    invocations.push(invocation);
    return outcome;
  });
  closing.push(service.close);
  const client = createLambdaClient(1_000, { ...service.clientConfig, maxAttempts: 1 });
  return { ...createLambdaPdfRenderer({ client, functionName: 'the-pdf-function' }), invocations };
}

describe('PDFs by a Lambda function', () => {
  it('hands the report over and gives the bytes back', async () => {
    const { render, invocations } = await rendererOver({
      answer: { pdf: Buffer.from('%PDF').toString('base64') },
    });

    expect(Buffer.from(await render(securedReport)).toString()).toBe('%PDF');
    expect(invocations).toEqual([{ name: 'the-pdf-function', event: securedReport, tenantId: null }]);
  });

  it.each<[string, InvocationOutcome]>([
    ['fails', { functionError: { errorType: 'ZodError', errorMessage: 'canary' } }],
    ['answers something else', { answer: { pdf: 'no base64!' } }],
    ['cannot be invoked', { serviceError: { status: 403, type: 'AccessDeniedException' } }],
    ['does not answer', 'silence'],
    ['loses the connection', 'reset'],
  ])('says no more than that there is none where the function %s', async (_, outcome) => {
    const { render } = await rendererOver(outcome);

    const failure = await render(securedReport).catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'PdfUnavailableError' });
    expect(String(failure)).not.toContain('canary');
  });

  it('does not send what the service would not take', async () => {
    const { render, invocations } = await rendererOver({ answer: {} });
    const code = 'x'.repeat(3_500_000);
    const large = { ...securedReport, original: { code, findings: [] }, secured: { code, findings: [] } };

    await expect(render(large)).rejects.toMatchObject({ name: 'PdfUnavailableError' });
    expect(invocations).toEqual([]);
  });
});
