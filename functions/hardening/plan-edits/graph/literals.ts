import type { CodeNode } from './code-tree.ts';
import type { Literal } from './graph-spec.ts';

/** What a node is as a literal. */
export function literalOf(node: CodeNode): Literal {
  switch (node.kind) {
    case 'string':
      return stringLiteral(node);
    case 'integer':
      return integerLiteral(node.name);
    case 'float':
    case 'true':
    case 'false':
    case 'ellipsis':
      return node.kind;
    case 'none':
      return 'null';
    default:
      return 'none';
  }
}

function stringLiteral(node: CodeNode): Literal {
  if (node.prefix.includes('b')) return 'bytes';
  if (node.prefix.includes('f')) return 'format-string';
  if (node.role === 'body') return 'docstring';
  if (node.name === '') return 'empty-string';
  if (!/\s/.test(node.name)) return 'word';
  return node.name.length > 80 ? 'long-text' : 'text';
}

function integerLiteral(text: string): Literal {
  if (/^0[oO]?[0-7_]+$/.test(text) && !/^0+$/.test(text)) return 'octal';
  if (/^0+$/.test(text)) return 'zero';
  if (text === '1') return 'one';
  return text.length <= 2 ? 'small-integer' : 'integer';
}
