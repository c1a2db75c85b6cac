import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { readFiles } from './read-files.ts';

const file = (name: string, content: BlobPart) => new File([content], name);
const zip = (name: string, entries: Record<string, Uint8Array>) =>
  file(name, new Uint8Array(zipSync(entries)));

describe('files that are uploaded or dropped', () => {
  it('are taken as programs, in their order', async () => {
    const read = await readFiles([file('b.py', 'b = "é"\n'), file('A.PYW', '')]);

    expect(read).toEqual({
      programs: [
        { path: 'b.py', code: 'b = "é"\n' },
        { path: 'A.PYW', code: '' },
      ],
      refused: [],
    });
  });

  it('are taken out of an archive, without what tools leave there', async () => {
    const read = await readFiles([
      zip('project.zip', {
        'src/app.py': strToU8('a = 1\n'),
        'README.md': strToU8('no'),
        '__MACOSX/src/._app.py': strToU8('no'),
        '.venv/lib/x.py': strToU8('no'),
      }),
    ]);

    expect(read).toEqual({ programs: [{ path: 'src/app.py', code: 'a = 1\n' }], refused: [] });
  });

  it.each([
    ['another kind of file', file('a.txt', ''), 'Python files'],
    ['bytes that are no UTF-8', file('a.py', new Uint8Array([0xff, 0xfe])), 'UTF-8'],
    ['a large program', file('a.py', 'a'.repeat(1_000_001)), '1,000,000 bytes'],
    ['a large archive', file('a.zip', 'a'.repeat(5_000_001)), '5 MB'],
    ['an archive that is none', file('a.zip', 'PK but not really'), 'not a zip'],
    ['an archive without Python', zip('a.zip', { 'a.md': strToU8('') }), 'no .py file'],
    ['a bomb', zip('a.zip', { 'a.py': new Uint8Array(30_000_000) }), '1,000,000 bytes'],
  ])('%s is refused with the reason', async (_name, given, reason) => {
    const { programs, refused } = await readFiles([given]);

    expect(programs).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toContain(reason);
  });

  it('are taken twenty at most, and the others named', async () => {
    const read = await readFiles(Array.from({ length: 22 }, (_, n) => file(`${n}.py`, '')));

    expect(read.programs).toHaveLength(20);
    expect(read.refused.map(({ name }) => name)).toEqual(['20.py', '21.py']);
  });

  it('never fail, whatever an archive holds', async () => {
    const valid = zipSync({ 'a.py': strToU8('a = 1\n'.repeat(50)), 'b.py': strToU8('b') });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
        const damaged = new Uint8Array(valid);
        damaged[at] = byte;

        const { programs, refused } = await readFiles([file('x.zip', damaged)]);

        expect(programs.length + refused.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
