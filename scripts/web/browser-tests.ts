// The browser tests: builds the page where its sources changed, then lets Jest drive Chromium over the real server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { listenForSignals } from '../commands/listen-for-signals.ts';
import { CHECKOUT } from '../setup/paths.mjs';
import { buildWebPage } from './build-page.ts';

const signal = listenForSignals();
await buildWebPage({ out: process.stdout, signal });
const jest = spawn(
  process.execPath,
  [
    join(CHECKOUT, 'node_modules', 'jest', 'bin', 'jest.js'),
    '-c',
    'web/e2e/jest.config.ts',
    ...process.argv.slice(2),
  ],
  {
    cwd: CHECKOUT,
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    },
  },
);
signal.addEventListener('abort', () => jest.kill('SIGTERM'));
const [code] = await once(jest, 'close');
process.exitCode = typeof code === 'number' ? code : 1;
