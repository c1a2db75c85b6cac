import type { CodeNode } from './code-tree.ts';
import type { Known } from './evaluation.ts';

/** All that is known of a file. */
export type Evaluated = Known & {
  /** By the index of a node: what its value may be made of, as the bits of `values.ts`. */
  bits: Int32Array;
  /** By the index of a use: the places that may have defined it. */
  sources: readonly (readonly CodeNode[] | undefined)[];
};
