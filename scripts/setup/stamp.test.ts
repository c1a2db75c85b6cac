import { mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isFresh, removeStamp, writeStamp } from './stamp.mjs';

describe('a stamp', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const inputs = (facts = ['a']) => ({ files: [at('lock')], facts, results: [at('result')] });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sgcode-stamp-'));
    writeFileSync(at('lock'), 'one');
    writeFileSync(at('target'), '');
    symlinkSync(at('target'), at('result'));
    writeStamp(at('stamp'), inputs());
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is fresh while nothing has changed', () => {
    expect(isFresh(at('stamp'), inputs())).toBe(true);
  });

  it.each<[string, (at: (name: string) => string) => void]>([
    ['the lock file has changed', (at) => writeFileSync(at('lock'), 'two')],
    ['the lock file is gone', (at) => unlinkSync(at('lock'))],
    ['the result is gone', (at) => unlinkSync(at('result'))],
    ['what the result points at is gone', (at) => unlinkSync(at('target'))],
    [
      'the result points elsewhere',
      (at) => {
        writeFileSync(at('other'), '');
        unlinkSync(at('result'));
        symlinkSync(at('other'), at('result'));
      },
    ],
    ['it was removed before a new installation', (at) => removeStamp(at('stamp'))],
    ['it was cut short', (at) => writeFileSync(at('stamp'), '')],
  ])('is stale when %s', (_name, change) => {
    change(at);

    expect(isFresh(at('stamp'), inputs())).toBe(false);
  });

  it('is stale when a fact has changed', () => {
    expect(isFresh(at('stamp'), inputs(['b']))).toBe(false);
  });

  it('is not written beside a missing result', () => {
    unlinkSync(at('result'));

    expect(() => writeStamp(at('other-stamp'), inputs())).toThrow(/left out/);
  });
});
