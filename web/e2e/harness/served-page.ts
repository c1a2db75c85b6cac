import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKOUT = join(import.meta.dirname, '..', '..', '..');

/** The real server with the real engine, in a process and a state folder of its own. */
export type ServedPage = {
  /** Without a slash at its end. */
  url: string;
  /** Everything that it wrote. */
  written(): string;
  close(): Promise<void>;
};

/** Starts `sgcode serve` on a free port. Rejects with all that it wrote where it ends before it serves. */
export async function servePage(): Promise<ServedPage> {
  const home = await mkdtemp(join(tmpdir(), 'sgcode-browser-'));
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join(CHECKOUT, 'scripts', 'sgcode.ts'), 'serve', '--port', '0'], {
    cwd: CHECKOUT,
    env: { PATH, NODE_ENV: 'production', SGCODE_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const served = Promise.withResolvers<string>();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const url = /served at (http:\/\/[\d.:]+)/.exec(text)?.[1];
      if (url) served.resolve(url);
    });
  }
  void ended.then(() => served.reject(new Error(`the server ended: ${text}`)));
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  return { url: await served.promise, written: () => text, close };
}
