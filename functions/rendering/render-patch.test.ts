import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applyPatch } from 'diff';
import fc from 'fast-check';
import { type Change, patchPath, quoteForGit, renderPatch } from './render-patch.ts';

/** Text as it may come: few different lines, so that diffs are dense, with every kind of line end. */
const text = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          'a',
          'b',
          '-- a/x',
          '++ b/x',
          '@@ -1 +1 @@',
          '\\ No newline',
          'diff --git a b',
        ),
        fc.string({ unit: 'binary', maxLength: 6 }).map((line) => line.replaceAll('\n', '')),
      ),
      fc.constantFrom('\n', '\r\n', '\r', ''),
    ),
    { maxLength: 25 },
  )
  .map((lines) => lines.map((line) => line.join('')).join(''));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgcode-patch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files as they were, applies the patch with the given tool and reads them back. */
function applied(tool: 'git' | 'patch', changes: readonly Change[]): string[] {
  for (const { path, before } of changes) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), before);
  }
  const input = changes.map(renderPatch).join('');
  if (input !== '') {
    const args = tool === 'git' ? ['apply', '--whitespace=nowarn', '-'] : ['-p1', '--binary', '--quiet'];
    execFileSync(tool, args, {
      cwd: folder,
      input,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
  }
  return changes.map(({ path }) => readFileSync(join(folder, path), 'utf8'));
}

describe('renderPatch', () => {
  it('gives the secured code when it is applied to the original, for any two texts', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const patch = renderPatch({ path: 'a.py', before, after });
        expect(patch === '' ? before : applyPatch(before, patch, { autoConvertLineEndings: false })).toBe(
          after,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is accepted by git apply, for any two texts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 40 }), (pairs) => {
        const changes = pairs.map(([before, after], index) => ({ path: `${index}.py`, before, after }));
        expect(applied('git', changes)).toEqual(pairs.map(([, after]) => after));
      }),
      { numRuns: 15 },
    );
  });

  it.each(['git', 'patch'] as const)(
    'keeps line ends, byte order mark and a missing line feed with %s',
    (tool) => {
      const changes: Change[] = [
        { path: 'crlf.py', before: 'a\r\nb\r\nc\r\n', after: 'a\r\nB\r\nc\r\n' },
        { path: 'bom.py', before: '\ufeffimport os\n', after: '\ufeffimport sys\n' },
        { path: 'open-end.py', before: 'a\nb', after: 'a\nc' },
        { path: 'closed.py', before: 'a\nb', after: 'a\nb\n' },
        { path: 'filled.py', before: '', after: 'a\n' },
        { path: 'mixed.py', before: 'a\r\nb\nc\rd', after: 'a\nb\r\nc\rd' },
      ];
      expect(applied(tool, changes)).toEqual(changes.map(({ after }) => after));
    },
  );

  it.each(['git', 'patch'] as const)('names files as %s reads them', (tool) => {
    const names = [
      'with space.py',
      'ünïcode/変数.py',
      'tab\there.py',
      'quote".py',
      'back\\slash.py',
      "it's $(x).py",
      '-rf.py',
    ];
    const changes = names.map((path) => ({ path, before: 'a\n', after: 'b\n' }));
    expect(applied(tool, changes)).toEqual(names.map(() => 'b\n'));
  });

  it('is empty where nothing changed', () => {
    expect(renderPatch({ path: 'a.py', before: 'a\n', after: 'a\n' })).toBe('');
  });

  it('replaces in one piece what is too different to compare', () => {
    const before = Array.from({ length: 6000 }, (_, n) => `before ${n}\n`).join('');
    const after = Array.from({ length: 6000 }, (_, n) => `after ${n}\n`).join('');
    const changes = [
      {
        path: 'large.py',
        before: `a\nb\nc\nd\n${before}e\nf\ng\nh`,
        after: `a\nb\nc\nd\n${after}e\nf\ng\nh`,
      },
    ];
    expect(applied('git', changes)).toEqual([changes[0]?.after]);
  });
});

describe('the path in a patch', () => {
  it.each([
    ['/etc/passwd', 'etc/passwd'],
    ['../../up.py', 'up.py'],
    ['./a//b/../c.py', 'a/b/c.py'],
    ['', 'program.py'],
    ['..', 'program.py'],
    ['nul\0.py', 'nul_.py'],
  ])('%j becomes %j', (path, expected) => {
    expect(patchPath(path)).toBe(expected);
  });

  it('cannot start a line of its own', () => {
    const patch = renderPatch({ path: 'x.py\n+++ b/y.py', before: 'a\n', after: 'b\n' });
    expect(patch.split('\n').filter((line) => line.startsWith('+++'))).toEqual([
      '+++ "b/x.py\\n+++ b/y.py"\t',
    ]);
  });

  it('is quoted only where git would', () => {
    expect(quoteForGit('a b.py')).toBe('a b.py');
    expect(quoteForGit('é')).toBe('"\\303\\251"');
  });
});
