import type { CodeNode } from './code-tree.ts';
import type { DottedNames } from './dotted-names.ts';
import { NAME_BUCKETS, NAMES_PER_NODE } from './graph-spec.ts';

const SUB_TOKENS = 4;

/** Writes the hashed names of a node: its last name, its dotted name and its sub-tokens; 0 where there is none. */
export function writeNames(names: Int32Array, node: CodeNode, { dotted }: DottedNames): void {
  const place = node.index * NAMES_PER_NODE;
  const text = lastName(node);
  if (text !== '') {
    names[place] = bucket(`n:${text}`);
    subTokens(text).forEach((token, slot) => {
      names[place + 2 + slot] = bucket(`s:${token}`);
    });
  }
  const whole = dottedName(node, dotted);
  if (whole !== '') names[place + 1] = bucket(`d:${whole}`);
}

function lastName(node: CodeNode): string {
  switch (node.kind) {
    case 'call':
      return node.children[0]?.name ?? '';
    case 'string':
      return node.name.slice(0, 200).trim();
    default:
      return node.name;
  }
}

function dottedName(node: CodeNode, dotted: readonly string[]): string {
  switch (node.kind) {
    case 'call':
      return node.children[0] ? (dotted[node.children[0].index] ?? '') : '';
    case 'attribute':
    case 'identifier':
      return dotted[node.index] ?? '';
    case 'dotted_name':
    case 'aliased_import':
      return node.parent?.kind === 'import_from_statement' ? `${node.parent.name}.${node.name}` : node.name;
    default:
      return '';
  }
}

/** The first words of a name in snake or camel case, or of a text. */
function subTokens(text: string): string[] {
  const words = text.slice(0, 120).match(/\p{Lu}?[\p{Ll}\p{Lo}]+|\p{Lu}+(?!\p{Ll})|\d+|[%+<>=!|&*]+/gu) ?? [];
  return words.slice(0, SUB_TOKENS).map((word) => word.toLowerCase());
}

const known = new Map<string, number>();

/** 1 + FNV-1a (32 bits) of the UTF-8 bytes, modulo the number of buckets. */
export function bucket(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  const made = 1 + ((hash >>> 0) % NAME_BUCKETS);
  // Hostile names must not fill the memory of a process that lives long.
  if (known.size > 20_000) known.clear();
  known.set(text, made);
  return made;
}

const encoder = new TextEncoder();
