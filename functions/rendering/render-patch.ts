import { diffHunks, formatHunk } from './unified-diff.ts';

const encoder = new TextEncoder();

/** Escapes of git's C-style quoting that are not octal. */
const SHORT_ESCAPES = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** What a patch is made of: a path and the code before and after. */
export type Change = { path: string; before: string; after: string };

/**
 * A unified diff that `git apply` and `patch -p1` accept; '' where nothing changed.
 * The code's bytes are kept as they are: line ends, byte order mark, a missing last line feed.
 */
export function renderPatch({ path, before, after }: Change): string {
  const hunks = diffHunks(before, after);
  if (hunks.length === 0) return '';
  const name = patchPath(path);
  return [
    `diff --git ${quoteForGit(`a/${name}`)} ${quoteForGit(`b/${name}`)}\n`,
    `--- ${endedName(`a/${name}`)}\n`,
    `+++ ${endedName(`b/${name}`)}\n`,
    ...hunks.map(formatHunk),
  ].join('');
}

/**
 * The path as it stands in a patch: relative and downward, since git refuses any other and
 * a hostile name must not lead out of the folder in which the patch is applied.
 */
export function patchPath(path: string): string {
  const parts = path
    .replaceAll('\0', '_')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.length === 0 ? 'program.py' : parts.join('/');
}

/** Git's own quoting (core.quotePath): in double quotes, everything but plain ASCII as octal bytes. */
export function quoteForGit(name: string): string {
  let isPlain = true;
  let quoted = '';
  for (const byte of encoder.encode(name)) {
    const short = SHORT_ESCAPES.get(byte);
    const isPrintable = byte >= 0x20 && byte < 0x7f;
    if (short !== undefined || !isPrintable) isPlain = false;
    quoted += short ?? (isPrintable ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
  }
  return isPlain ? name : `"${quoted}"`;
}

/** A name with a space is ended by a tab, or `patch` would take what follows the space for a date. */
function endedName(name: string): string {
  const quoted = quoteForGit(name);
  return quoted.includes(' ') ? `${quoted}\t` : quoted;
}
