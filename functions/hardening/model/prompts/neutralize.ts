import type { Parser } from 'web-tree-sitter';
import type { Restore } from './model-prompt.ts';
import { createPlaceholders, type Placeholder } from './placeholders.ts';
import { findTexts, type PythonText, type Range } from './python-texts.ts';
import { talksToModel } from './talks-to-model.ts';

export type NeutralCode = {
  text: string;
  /** The line of `text` in which a line of the code is now. */
  lineAt: (line: number) => number;
};

export type Neutralizer = {
  neutralize: (code: string) => NeutralCode;
  restore: Restore;
  /** How many texts were replaced so far. */
  count: () => number;
};

type Replacement = Range & { by: string };

/**
 * Replaces what speaks to a model in code that a model is shown, by placeholders that its answer keeps and `restore`
 * puts back: whole comments (those of adjacent lines together), whole string literals, and, where a literal holds
 * values, its text between them. A literal so replaced stays one, so the code still parses. Names are left as they
 * are. In code with syntax errors a line that is no told text and speaks to a model is replaced as well.
 *
 * `codes` is all code that may be shown or come back: none of its own words is ever taken for a placeholder.
 */
export function createNeutralizer(parser: Parser, codes: readonly string[]): Neutralizer {
  const { add, restore, count } = createPlaceholders(codes);

  function neutralize(code: string): NeutralCode {
    const { texts, partial } = findTexts(parser, code);
    const told = [...commentBlocks(code, texts), ...strings(code, texts)]
      .sort((a, b) => a.start - b.start)
      .filter(outermost());
    const found = partial ? [...told, ...strayLines(code, told)].sort((a, b) => a.start - b.start) : told;
    return replaceAll(
      code,
      found.map(({ start, end, ...how }) => ({
        start,
        end,
        by: add({ ...how, original: code.slice(start, end) }),
      })),
    );
  }

  return { neutralize, restore, count };
}

type Found = Range & Pick<Placeholder, 'kind' | 'opening' | 'quotes'>;

/** Comments on lines of their own that follow each other speak together, and so does what each says alone. */
function commentBlocks(code: string, texts: readonly PythonText[]): Found[] {
  const blocks: (Range & { own: boolean })[] = [];
  for (const { kind, start, end } of texts) {
    if (kind !== 'comment') continue;
    const own = /^[ \t\f\uFEFF]*$/.test(code.slice(lineStart(code, start), start));
    const last = blocks.at(-1);
    if (last && own && last.own && /^\s*$/.test(code.slice(last.end, start))) last.end = end;
    else blocks.push({ start, end, own });
  }
  return blocks
    .filter(({ start, end }) => talksToModel(code.slice(start, end)))
    .map(({ start, end }) => ({
      start,
      end: trimmedEnd(code, end),
      kind: 'comment',
      opening: '',
      quotes: '',
    }));
}

function strings(code: string, texts: readonly PythonText[]): Found[] {
  const groups = Map.groupBy(
    texts.filter(({ kind }) => kind === 'string'),
    ({ group }) => group,
  );
  return [...groups.values()].flatMap((group) => {
    const said = group.flatMap(({ pieces }) => pieces.map(({ start, end }) => code.slice(start, end)));
    const speaks = [...new Set([...said, said.join(''), said.join(' ')])].some(talksToModel);
    return speaks ? group.flatMap((each) => replaceable(code, each)) : [];
  });
}

function replaceable(code: string, { start, end, pieces, fixed }: PythonText): Found[] {
  const [first] = pieces;
  if (fixed && first) {
    const [opening, quotes] = [code.slice(start, first.start), code.slice(first.end, end)];
    return [{ start, end, kind: 'literal', opening, quotes }];
  }
  return pieces
    .filter((piece) => /\S/.test(code.slice(piece.start, piece.end)))
    .map((piece) => ({ ...piece, kind: 'piece', opening: '', quotes: '' }));
}

/** Lines of broken code that speak to a model outside of what was told to be a text. */
function strayLines(code: string, told: readonly Found[]): Found[] {
  const stray: Found[] = [];
  let at = 0;
  let next = 0;
  for (const line of code.split('\n')) {
    const [start, end] = [at, at + line.length];
    at = end + 1;
    while ((told[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    const free = (told[next]?.start ?? end) >= end;
    if (free && /\S/.test(line) && talksToModel(line))
      stray.push({ start, end, kind: 'piece', opening: '', quotes: '' });
  }
  return stray;
}

/** Keeps of nested ranges, in order of their beginning, the outer ones. */
function outermost(): (range: Range) => boolean {
  let end = 0;
  return (range) => {
    if (range.start < end) return false;
    end = range.end;
    return true;
  };
}

function replaceAll(code: string, replacements: readonly Replacement[]): NeutralCode {
  let text = '';
  let from = 0;
  for (const { start, end, by } of replacements) {
    text += code.slice(from, start) + by;
    from = end;
  }
  const starts = lineStarts(code);
  return {
    text: text + code.slice(from),
    lineAt: (line) => {
      const offset = starts[Math.min(Math.max(line, 1), starts.length) - 1] ?? 0;
      const gone = replacements
        .filter(({ start }) => start < offset)
        .reduce((sum, { start, end }) => sum + newlines(code.slice(start, Math.min(end, offset))), 0);
      return Math.max(1, Math.min(line, starts.length) - gone);
    },
  };
}

function lineStarts(code: string): number[] {
  return [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

function lineStart(code: string, offset: number): number {
  return code.lastIndexOf('\n', offset - 1) + 1;
}

/** A comment may end in the carriage return of its line's end. */
function trimmedEnd(code: string, end: number): number {
  return code[end - 1] === '\r' ? end - 1 : end;
}
