import type { Language, Parser, TreeCursor } from 'web-tree-sitter';
import { CodeGraphError } from './code-graph-error.ts';
import { SKIPPED } from './node-kinds.ts';

/** Parsing stops after so many hundred steps of the parser: code of 1,000,000 characters takes about 5,000. */
const MAX_PARSER_CALLS = 30_000;
/** The 2,600 lines of `argparse` have 13,000. */
const MAX_SYNTAX_NODES = 200_000;

/** A named node of the syntax tree, or an operator, whose type is then empty. */
export type SyntaxNode = {
  type: string;
  /** The name of the field that the node is in its parent, or null. */
  field: string | null;
  /** Offsets in UTF-16 units, the second behind the end. */
  start: number;
  end: number;
  children: SyntaxNode[];
};

export type SyntaxTree = {
  module: SyntaxNode;
  /** The code has syntax errors. */
  partial: boolean;
};

/**
 * Parses code, broken code too. The parser's own tree is freed before this returns.
 *
 * @throws CodeGraphError where the code has too many parts or takes the parser too many steps.
 */
export function parseSyntax(parser: Parser, code: string): SyntaxTree {
  let calls = 0;
  // The parser stops where the callback returns true, which its types do not tell.
  const progressCallback = (): boolean => {
    calls += 1;
    return calls > MAX_PARSER_CALLS;
  };
  const tree = parser.parse(code, null, { progressCallback });
  if (tree === null) {
    parser.reset();
    throw new CodeGraphError('The code takes too many steps to parse.');
  }
  const cursor = tree.walk();
  try {
    return { module: copy(cursor, tree.language), partial: tree.rootNode.hasError };
  } finally {
    cursor.delete();
    tree.delete();
  }
}

/** Walks without recursion: code can be nested at will. */
function copy(cursor: TreeCursor, language: Language): SyntaxNode {
  const { types, fields, operators } = vocabulary(language);
  const path: SyntaxNode[] = [];
  const module: SyntaxNode = { type: 'module', field: null, start: 0, end: cursor.endIndex, children: [] };
  let parent = module;
  let count = 0;
  let descends = cursor.gotoFirstChild();
  while (descends) {
    const id = cursor.nodeTypeId;
    // The number of an error lies beyond the list.
    const type = id < types.length ? (types[id] ?? null) : 'ERROR';
    const field = cursor.currentFieldId;
    let kept = parent;
    if (type === null ? operators.has(field) : !SKIPPED.has(type)) {
      kept = {
        type: type ?? '',
        field: fields[field] ?? null,
        start: cursor.startIndex,
        end: cursor.endIndex,
        children: [],
      };
      parent.children.push(kept);
      count += 1;
      if (count > MAX_SYNTAX_NODES) throw new CodeGraphError('The code has too many parts for a graph.');
    }
    if (kept !== parent && type !== null && cursor.gotoFirstChild()) {
      path.push(parent);
      parent = kept;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      const above = path.pop();
      if (above === undefined || !cursor.gotoParent()) {
        descends = false;
        break;
      }
      parent = above;
    }
  }
  return module;
}

type Vocabulary = {
  /** By the parser's number of a type: its name, or null for a token such as a comma. */
  types: readonly (string | null)[];
  fields: readonly (string | null)[];
  /** The fields that hold operators. */
  operators: ReadonlySet<number>;
};

const vocabularies = new WeakMap<Language, Vocabulary>();

function vocabulary(language: Language): Vocabulary {
  const known = vocabularies.get(language);
  if (known) return known;
  const types = language.types.map((name, id) => (language.nodeTypeIsNamed(id) ? name : null));
  const operators = new Set(['operator', 'operators'].flatMap((name) => language.fieldIdForName(name) ?? []));
  const made = { types, fields: language.fields, operators };
  vocabularies.set(language, made);
  return made;
}
