import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { functions } from '#aws/functions.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { bundleFunction } from '#infra/bundle.ts';
import { readPdf } from '#rendering/pdf/fixtures/read-pdf.ts';

const run = promisify(execFile);

describe('the function that makes PDFs, as it is deployed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-pdf-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has all with it that it needs', async () => {
    bundleFunction(functions.pdf, folder);
    const program = join(folder, 'invoke.mjs');
    await writeFile(join(folder, 'event.json'), JSON.stringify(securedReport));
    await writeFile(
      program,
      `import { readFileSync } from 'node:fs';
const { handler } = await import('./index.mjs');
const { pdf } = await handler(JSON.parse(readFileSync(new URL('./event.json', import.meta.url), 'utf8')));
process.stdout.write(pdf);`,
    );

    const { stdout } = await run(process.execPath, [program], {
      env: { LAMBDA_TASK_ROOT: folder },
      maxBuffer: 10_000_000,
    });

    const text = readPdf(Buffer.from(stdout, 'base64')).join('\n');
    expect(text).toContain('SGCode report');
    expect(text).toContain('yaml.safe_load(handle)');
  }, 120_000);
});
