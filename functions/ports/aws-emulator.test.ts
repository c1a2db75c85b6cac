import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, jest } from '@jest/globals';
import { EMULATOR_MISSING, startEmulator } from './fixtures/aws-emulator.ts';

/** A machine that does a lot else starts it slowly. */
jest.setTimeout(120_000);

const describeEmulator = EMULATOR_MISSING === null ? describe : describe.skip;

const isUp = (endpoint: string) =>
  fetch(`${endpoint}/_ministack/health`).then(
    () => true,
    () => false,
  );

describeEmulator('the AWS emulator', () => {
  it('keeps what a client stores, and ends when it is closed', async () => {
    const emulator = await startEmulator();
    const s3 = new S3Client(emulator.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
    await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body: 'said' }));

    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'a' }));
    const said = await Body?.transformToString();
    s3.destroy();
    await emulator.close();

    expect(said).toBe('said');
    expect(await isUp(emulator.endpoint)).toBe(false);
  });

  it('ends with the process that started it, however that ended', async () => {
    const script = `
      const { startEmulator } = await import(${JSON.stringify(new URL('./fixtures/aws-emulator.ts', import.meta.url).href)});
      process.stdout.write((await startEmulator()).endpoint);
    `;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const endpoint = await new Promise<string>((resolve) =>
      starter.stdout.once('data', (text) => resolve(String(text))),
    );
    const wasUp = await isUp(endpoint);
    starter.kill('SIGKILL');
    while (await isUp(endpoint)) await sleep(20);

    expect(wasUp).toBe(true);
  });
});
