import type { Calls } from './calls.ts';
import type { CodeNode, CodeTree } from './code-tree.ts';
import type { NameFlow } from './definitions.ts';
import type { DottedNames } from './dotted-names.ts';

/** All that is known of a file before its values are. */
export type Known = { tree: CodeTree; flow: NameFlow; names: DottedNames; calls: Calls };

/** Values while they are found. */
export type Evaluation = Known & {
  /** By the index of a node, what its value may be made of. */
  bits: Int32Array;
  /** By the index of a use, the places that may have defined it. */
  sources: (readonly CodeNode[] | undefined)[];
};

export function bitsOf(on: Evaluation, node: CodeNode | undefined): number {
  return node ? (on.bits[node.index] ?? 0) : 0;
}

/** What any of some nodes may be made of. */
export function any(on: Evaluation, nodes: readonly CodeNode[]): number {
  let bits = 0;
  for (const { index } of nodes) bits |= on.bits[index] ?? 0;
  return bits;
}
