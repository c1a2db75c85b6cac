import type { CodeGraph } from '#hardening/plan-edits/code-graph.ts';
import { FLAGS } from '#hardening/plan-edits/graph/flag-names.ts';
import { NAMES_PER_NODE } from '#hardening/plan-edits/graph/graph-spec.ts';

/** A graph as the training reads it. */
export type PlainGraph = {
  kind: number[];
  role: number[];
  literal: number[];
  names: number[][];
  /** Of each node, the places of the flags that are set. */
  flags: number[][];
  span: number[][];
  edges: { source: number[]; target: number[]; type: number[] };
  partial: boolean;
};

/** A graph in plain lists, one item for each node or edge. */
export function plainGraph(graph: CodeGraph): PlainGraph {
  const { source, target, type } = graph.edges;
  const flags = rows(graph.flags, FLAGS.length);
  return {
    kind: [...graph.kind],
    role: [...graph.role],
    literal: [...graph.literal],
    names: rows(graph.names, NAMES_PER_NODE),
    flags: flags.map((row) => row.flatMap((on, flag) => (on === 1 ? [flag] : []))),
    span: rows(graph.span, 4),
    edges: { source: [...source], target: [...target], type: [...type] },
    partial: graph.partial,
  };
}

function rows(list: Int32Array | Uint8Array, width: number): number[][] {
  return Array.from({ length: list.length / width }, (_, row) => [
    ...list.subarray(row * width, (row + 1) * width),
  ]);
}
