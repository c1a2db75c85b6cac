import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Output } from '../../commands/output.ts';
import type { LocalConfig } from '../../local-config.ts';
import { replaceMarked } from './marked-block.ts';
import { measurePublished } from './measure-published.ts';
import { type PublishedResult, PublishedResultSchema, RESULT_FILE } from './published-result.ts';
import { originBlock, readmeBlock } from './published-words.ts';

/** The pages that quote the figures, from the checkout, and what each says of them. */
export const QUOTING_PAGES: Record<string, (result: PublishedResult) => string> = {
  'README.md': readmeBlock,
  'docs/benchmark.md': originBlock,
};

/** The committed figures. */
export async function readResult(): Promise<PublishedResult> {
  return PublishedResultSchema.parse(JSON.parse(await readFile(RESULT_FILE, 'utf8')));
}

/** Measures all that is published over the data in `shared`, and writes it to its file and into the pages. */
export async function renewResults(
  shared: string,
  { config, stderr, signal }: { config: LocalConfig; stderr: Output; signal: AbortSignal },
): Promise<void> {
  const data = {
    folder: shared,
    programs: join('promsec', 'testing'),
    answers: join('promsec', 'released-outputs', 'trial-0'),
  };
  const out = join(config.home, 'benchmarks', `published-${new Date().toISOString().replaceAll(':', '-')}`);
  const result = await measurePublished(data, out, { config, stderr, signal });
  await mkdir(dirname(RESULT_FILE), { recursive: true });
  await writeFile(RESULT_FILE, `${JSON.stringify(result, null, 2)}\n`);
  await quoteResults(config.checkout);
}

/** Writes into the pages what they say of the committed figures. */
export async function quoteResults(checkout: string): Promise<void> {
  const result = await readResult();
  for (const [name, block] of Object.entries(QUOTING_PAGES)) {
    const page = join(checkout, name);
    await writeFile(page, replaceMarked(await readFile(page, 'utf8'), block(result)));
  }
}
