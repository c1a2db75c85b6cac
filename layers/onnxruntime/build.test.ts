import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildOnnxruntimeLayer, elfMachine } from './build.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const MODULES = 'nodejs/node_modules';

let root: string;
let layer: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sgcode-layer-'));
  layer = join(root, 'layer');
  buildOnnxruntimeLayer(NODE_MODULES, layer);
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function files(): Promise<{ name: string; bytes: number }[]> {
  const entries = await readdir(layer, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => ({
        name: join(parentPath, name).slice(layer.length + 1),
        bytes: (await stat(join(parentPath, name))).size,
      })),
  );
}

describe('the layer', () => {
  it('has about 25 MB of the 288 that npm installs', async () => {
    const bytes = (await files()).reduce((sum, file) => sum + file.bytes, 0);

    expect(bytes).toBeGreaterThan(20_000_000);
    expect(bytes).toBeLessThan(30_000_000);
  });

  it('has binaries for arm64 alone', async () => {
    const machines = await Promise.all(
      (await files()).map(async ({ name }) => elfMachine(await readFile(join(layer, name)))),
    );

    expect(machines.filter((machine) => machine !== null)).toEqual([183, 183]);
  });

  it('holds ONNX Runtime and what it loads: nothing of the AWS SDK, no installer', async () => {
    const packages = new Set((await files()).map(({ name }) => name.split('/').slice(2, 3).join('/')));

    expect([...packages].sort()).toEqual(['onnxruntime-common', 'onnxruntime-node']);
    expect((await files()).filter(({ name }) => /install|\.map$|\.d\.ts$/.test(name))).toEqual([]);
  });

  it('is whole: each module that its entry loads is in it, or is a binary of arm64', async () => {
    const names = new Set((await files()).map(({ name }) => name));
    const missing = [];
    for (const name of names) {
      if (!name.endsWith('.js')) continue;
      const code = await readFile(join(layer, name), 'utf8');
      for (const [, path = ''] of code.matchAll(/require\("(\.[^"]+)"\)/g)) {
        const target = join(name, '..', path);
        if (![`${target}.js`, target, `${target}/index.js`].some((file) => names.has(file)))
          missing.push(target);
      }
    }

    expect(missing).toEqual([]);
    expect(names).toContain(`${MODULES}/onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node`);
  });
});

describe('a binary for another machine', () => {
  it('is not built into it', async () => {
    const binaries = 'onnxruntime-node/bin/napi-v6/linux/arm64';
    for (const name of ['onnxruntime-node', 'onnxruntime-common']) {
      await cp(join(layer, MODULES, name), join(root, 'installed', name), { recursive: true });
    }
    const x64 = Buffer.from(await readFile(join(root, 'installed', binaries, 'onnxruntime_binding.node')));
    x64.writeUInt16LE(62, 18);
    await writeFile(join(root, 'installed', binaries, 'onnxruntime_binding.node'), x64);

    expect(() => buildOnnxruntimeLayer(join(root, 'installed'), join(root, 'broken'))).toThrow(
      'ELF machine 62',
    );
  });
});
