import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { securedReport } from '#domain/fixtures/reports.ts';
import { createThreadPdfRenderer } from './thread-pdf-renderer.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sgcode-thread-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A renderer whose thread runs a program of the test's own. */
async function rendererOf(program: string, options: { timeoutMs?: number; maxMegabytes?: number } = {}) {
  const file = join(folder, `${Math.random().toString(16).slice(2)}.mjs`);
  await writeFile(file, `import { parentPort, workerData } from 'node:worker_threads';\n${program}`);
  return createThreadPdfRenderer({ script: pathToFileURL(file), ...options });
}

describe('the thread that renders', () => {
  it('is given the report, and what it posts is the PDF', async () => {
    const { render } = await rendererOf('parentPort.postMessage(new TextEncoder().encode(workerData.path));');

    expect(new TextDecoder().decode(await render(securedReport))).toBe(securedReport.path);
  });

  it.each([
    ['throws', 'throw new Error("canary");', {}],
    ['ends without a word', 'process.exit(0);', {}],
    ['posts something else', 'parentPort.postMessage("canary");', {}],
    ['never ends', 'setInterval(() => {}, 1000);', { timeoutMs: 200 }],
    ['is at work for ever', 'for (;;);', { timeoutMs: 200 }],
    [
      'takes all memory',
      'const kept = []; for (;;) kept.push(new Array(100_000).fill(kept));',
      { maxMegabytes: 30 },
    ],
  ])('fails alone where it %s', async (_, program, options) => {
    const { render } = await rendererOf(program, options);

    const failure = await render(securedReport).catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'PdfUnavailableError' });
    expect(String(failure)).not.toContain('canary');
  });

  it('renders one after the other, and goes on after one that failed', async () => {
    const { render } = await rendererOf(
      `if (workerData.path === 'bad') throw new Error('bad');
parentPort.postMessage(new Uint8Array([1]));`,
    );

    const settled = await Promise.allSettled([
      render(securedReport),
      render({ ...securedReport, path: 'bad' }),
      render(securedReport),
    ]);

    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
