import type { Node, Parser, TreeCursor } from 'web-tree-sitter';
import { InputTooLargeError } from '#domain/errors.ts';

/** Parsing stops after so many hundred steps of the parser: code of 1,000,000 characters takes about 5,000. */
const MAX_PARSER_CALLS = 30_000;
const BYTE_ORDER_MARK = '\uFEFF';

/** Half-open, in UTF-16 units. */
export type Range = { start: number; end: number };

/** A comment, or a string literal with the stretches of it that are text and not code. */
export type PythonText = Range & {
  kind: 'comment' | 'string';
  /** For a string: between its quotes, without the values that an f-string puts in. */
  pieces: Range[];
  /** A string that holds no values. */
  fixed: boolean;
  /** Adjacent literals that Python joins have the same group. */
  group: number;
};

export type PythonTexts = {
  /** In order; a literal within the value of an f-string follows that f-string. */
  texts: PythonText[];
  /** The code has syntax errors, so there may be texts that are not told apart. */
  partial: boolean;
};

/**
 * Finds the comments and string literals of Python code, broken code too.
 *
 * @throws InputTooLargeError where the code takes the parser too many steps.
 */
export function findTexts(parser: Parser, code: string): PythonTexts {
  return withTree(parser, code, (root, partial) => ({ texts: collect(root.walk()), partial }));
}

/** Whether code has no syntax error. Code that takes the parser too many steps has one. */
export function isWellFormed(parser: Parser, code: string): boolean {
  try {
    return withTree(parser, code, (_root, partial) => !partial);
  } catch (error) {
    if (error instanceof InputTooLargeError) return false;
    throw error;
  }
}

function withTree<T>(parser: Parser, code: string, read: (root: Node, partial: boolean) => T): T {
  let calls = 0;
  // The parser stops where the callback returns true, which its types do not tell.
  const progressCallback = (): boolean => {
    calls += 1;
    return calls > MAX_PARSER_CALLS;
  };
  const tree = parser.parse(sameOffsets(code), null, { progressCallback });
  if (tree === null) {
    parser.reset();
    throw new InputTooLargeError('The code takes too many steps to parse.');
  }
  try {
    return read(tree.rootNode, tree.rootNode.hasError);
  } finally {
    tree.delete();
  }
}

/** The parser takes a byte order mark for code, and a lone carriage return for none of a line's ends. */
function sameOffsets(code: string): string {
  const text = code.startsWith(BYTE_ORDER_MARK) ? `\n${code.slice(1)}` : code;
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}

/** Walks without recursion: code can be nested at will. */
function collect(cursor: TreeCursor): PythonText[] {
  const texts: PythonText[] = [];
  let joined = -1;
  for (;;) {
    const type = cursor.nodeType;
    if (type === 'comment') {
      const { startIndex: start, endIndex: end } = cursor;
      texts.push({ kind: 'comment', start, end, pieces: [], fixed: true, group: start });
    } else if (type === 'concatenated_string') {
      joined = cursor.endIndex;
    } else if (type === 'string') {
      texts.push(stringText(cursor, cursor.endIndex <= joined ? -joined : cursor.startIndex));
    }
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) {
      if (cursor.gotoParent()) continue;
      cursor.delete();
      return texts;
    }
  }
}

function stringText(cursor: TreeCursor, group: number): PythonText {
  const { startIndex: start, endIndex: end, currentNode } = cursor;
  const pieces: Range[] = [];
  let from = start;
  let to = end;
  let fixed = true;
  for (const child of currentNode.children) {
    if (child.type === 'string_start') from = child.endIndex;
    if (child.type === 'string_end') to = child.startIndex;
    if (child.type !== 'interpolation') continue;
    fixed = false;
    pieces.push({ start: from, end: child.startIndex });
    from = child.endIndex;
  }
  pieces.push({ start: from, end: to });
  return {
    kind: 'string',
    start,
    end,
    pieces: pieces.filter((piece) => piece.end > piece.start),
    fixed,
    group,
  };
}
