import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const CdkConfigSchema = z.looseObject({
  app: z.string(),
  context: z.record(z.string(), z.unknown()).default({}),
});

/** A few seconds' work, on a machine that may have a lot of other work. */
const MAX_SYNTH_MS = 300_000;
const SHOWN_OUTPUT = 4000;

/**
 * Writes the assembly of the checkout's stack to `outdir`, as `cdk synth` with these values of context does.
 * Throws with the end of what the app printed where it fails.
 */
export async function synthesize(
  checkout: string,
  outdir: string,
  context: Record<string, unknown>,
): Promise<void> {
  const config = CdkConfigSchema.parse(JSON.parse(await readFile(join(checkout, 'cdk.json'), 'utf8')));
  const binaries = join(checkout, 'node_modules', '.bin');
  const env = {
    ...process.env,
    PATH: `${binaries}:${process.env.PATH ?? ''}`,
    NODE_OPTIONS: '',
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ ...config.context, ...context }),
  };
  await new Promise<void>((resolve, reject) => {
    const options = { cwd: checkout, timeout: MAX_SYNTH_MS, maxBuffer: 20_000_000, env };
    execFile('/bin/sh', ['-c', config.app], options, (error, stdout, stderr) => {
      if (error === null) return resolve();
      const why = error.killed ? `it took more than ${MAX_SYNTH_MS / 1000} s` : (stdout + stderr).slice(-SHOWN_OUTPUT);
      reject(new Error(`The stack cannot be synthesized: ${why}`));
    });
  });
}
