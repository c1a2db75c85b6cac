import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { completeLock } from './complete-lock.mjs';
import { CHECKOUT } from './paths.mjs';

const LockSchema = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().exactOptional(),
      optionalDependencies: z.record(z.string(), z.string()).exactOptional(),
    }),
  ),
});

describe('completeLock', () => {
  it('finds nothing missing in the lock of this checkout, which `npm ci` would refuse', () => {
    const lock = LockSchema.parse(JSON.parse(readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8')));

    expect(completeLock(lock).added).toEqual([]);
  });

  it('adds an entry for each platform that is missing', () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/tool': {
          dev: true,
          optionalDependencies: {
            '@tool/darwin-arm64': '1.2.3',
            '@tool/linux-x64': '1.2.3',
            '@tool/win32-x64-msvc': '^1.2.3',
            '@tool/wasm32-wasi': '1.2.3',
          },
        },
        'node_modules/@tool/linux-x64': { version: '1.2.3', os: ['linux'] },
      },
    };

    const { lock: completed, added } = completeLock(lock);

    expect(added).toEqual(['@tool/darwin-arm64', '@tool/win32-x64-msvc', '@tool/wasm32-wasi']);
    const shared = { version: '1.2.3', dev: true, optional: true };
    expect(completed.packages).toMatchObject({
      'node_modules/@tool/darwin-arm64': { ...shared, os: ['darwin'], cpu: ['arm64'] },
      'node_modules/@tool/win32-x64-msvc': { ...shared, os: ['win32'], cpu: ['x64'] },
      'node_modules/@tool/wasm32-wasi': { ...shared, os: ['none'] },
    });
    expect(completed.lockfileVersion).toBe(3);
    expect(completeLock(completed).added).toEqual([]);
  });

  it('looks where Node looks: beside the package, then upwards', () => {
    const wants = { optionalDependencies: { extra: '1.0.0' } };
    const nested = { packages: { '': {}, 'node_modules/a/node_modules/b': wants } };
    const found = [
      'node_modules/a/node_modules/b/node_modules/extra',
      'node_modules/a/node_modules/extra',
      'node_modules/extra',
    ];

    for (const place of found) {
      expect(completeLock({ packages: { ...nested.packages, [place]: {} } }).added).toEqual([]);
    }
    expect(
      completeLock({ packages: { ...nested.packages, 'node_modules/c/node_modules/extra': {} } }).added,
    ).toEqual(['extra']);
  });
});
