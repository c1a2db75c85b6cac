import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createS3Client } from '#ports/blob-store/s3-client.ts';
import { type AwsEmulator, EMULATOR_MISSING, startEmulator } from '#ports/fixtures/aws-emulator.ts';
import { apiEntry } from './api-entry.ts';
import { withinLimits } from './large-answers.ts';

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;
const html = { 'content-type': 'text/html; charset=utf-8' };

describeEmulator('answers that Lambda cannot carry', () => {
  let emulator: AwsEmulator;
  let client: S3Client;
  beforeAll(async () => {
    emulator = await startEmulator();
    client = createS3Client({ ...emulator.clientConfig, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'answers' }));
  });
  afterAll(async () => {
    client?.destroy();
    await emulator?.close();
  });
  const options = () => ({ client, bucket: 'answers' });

  it('leaves the others as they are', async () => {
    const answer = { statusCode: 200, headers: html, body: 'é'.repeat(500_000) };

    expect(await withinLimits(answer, options())).toBe(answer);
  });

  it.each([
    ['of many bytes', 'é'.repeat(3_000_000)],
    ['of many escapes', '\u0001'.repeat(1_000_000)],
  ])('sends the client to one %s, as a download', async (_, body) => {
    const answer = await withinLimits({ statusCode: 200, headers: html, body }, options());

    expect(answer).toMatchObject({ statusCode: 303, body: '', headers: { 'cache-control': 'no-store' } });
    const fetched = await fetch(String(answer.headers?.location));
    expect(fetched.headers.get('content-type')).toBe(html['content-type']);
    expect(fetched.headers.get('content-disposition')).toBe('attachment');
    expect(await fetched.text()).toBe(body);
  });

  it('sends the client to every one that is bytes, under its own name', async () => {
    const headers = {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="report.pdf"',
    };
    const bytes = Buffer.from([0x25, 0x50, 0xff, 0x00]);
    const answer = { statusCode: 200, headers, body: bytes.toString('base64'), isBase64Encoded: true };

    const fetched = await fetch(String((await withinLimits(answer, options())).headers?.location));

    expect(fetched.headers.get('content-disposition')).toBe(headers['content-disposition']);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(bytes);
  });

  it('hands out an address that nobody guesses, for a while', async () => {
    const answer = { statusCode: 200, headers: html, body: 'AA==', isBase64Encoded: true };

    const [one, other] = await Promise.all([
      withinLimits(answer, options()),
      withinLimits(answer, options()),
    ]);

    const address = new URL(String(one.headers?.location));
    expect(address.pathname).toMatch(/\/answers\/[0-9a-f]{48}$/);
    expect(Number(address.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(300);
    expect(address.pathname).not.toBe(new URL(String(other.headers?.location)).pathname);
  });

  it('is a problem document where it cannot be handed over', async () => {
    const entry = apiEntry(
      async () => ({ statusCode: 200, headers: html, body: 'AA==', isBase64Encoded: true }),
      { client, bucket: 'not-there' },
    );

    const answer = await entry({
      httpMethod: 'GET',
      path: '/v1/runs',
      headers: {},
      queryStringParameters: {},
      requestContext: { requestId: 'the-request' },
    });

    expect(answer).toMatchObject({
      statusCode: 503,
      headers: { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' },
    });
    expect(answer.body).toContain('the-request');
  });
});
