import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, setupPaths } from '../setup/paths.mjs';
import { createProgress, type ProgressOutput } from '../setup/progress.mjs';
import { runLogged } from '../setup/run-logged.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { withSetupLock } from '../setup/setup-lock.mjs';
import { isFresh, removeStamp, type StampInputs, writeStamp } from '../setup/stamp.mjs';
import { writePagePolicy } from './page-policy.ts';

/** Where the exported page lies. */
export const PAGE_FOLDER = join(CHECKOUT, 'web', 'out');

const STEP = 'web-page';
const SOURCES = ['web', join('functions', 'domain')];
const NOT_BUILT_FROM = /(^|\/)(out|\.next|e2e|fixtures|next-env\.d\.ts)(\/|$)|\.test\.tsx?$/;

/**
 * Builds the web page unless it was built from these sources already. Rejects with SetupError where it cannot be
 * built.
 */
export async function buildWebPage(options: { out: ProgressOutput; signal: AbortSignal }): Promise<void> {
  const paths = setupPaths(CHECKOUT);
  const stampFile = paths.stamp(STEP);
  if (isFresh(stampFile, inputs())) return;

  const progress = createProgress(options.out);
  mkdirSync(paths.state, { recursive: true });
  const onWait = () => progress.say('Another set-up of this folder is running: waiting for it.');
  await withSetupLock(paths.lock, { onWait }, async () => {
    // Read before the build, so that a source changed meanwhile is built the next time.
    const built = inputs();
    if (isFresh(stampFile, built)) return;
    removeStamp(stampFile);
    await progress.during('The web page', () => runBuild(paths.log(STEP), options.signal));
    writeStamp(stampFile, built);
  });
}

async function runBuild(logFile: string, signal: AbortSignal): Promise<void> {
  writeFileSync(logFile, '');
  const result = await runLogged({
    command: process.execPath,
    args: [join(CHECKOUT, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build', 'web'],
    cwd: CHECKOUT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    logFile,
    signal,
  });
  if (result.code !== 0) throw new SetupError('The web page could not be built.', { logFile });
  await writePagePolicy(PAGE_FOLDER);
}

function inputs(): StampInputs {
  const sources = SOURCES.flatMap((source) =>
    readdirSync(join(CHECKOUT, source), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const files = sources.filter((file) => !NOT_BUILT_FROM.test(file.slice(CHECKOUT.length))).sort();
  return {
    files: [...files, join(CHECKOUT, 'package-lock.json')],
    facts: files.map((file) => file.slice(CHECKOUT.length)),
    results: [join(PAGE_FOLDER, 'index.html'), join(PAGE_FOLDER, 'csp.json')],
  };
}
