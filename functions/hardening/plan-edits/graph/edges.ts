import type { CodeNode } from './code-tree.ts';
import { connectStatements } from './control-flow.ts';
import { isNamesake } from './definitions.ts';
import type { Evaluated } from './evaluated.ts';
import { EDGE_TYPES, type EdgeType } from './graph-spec.ts';

/** Edges as three lists: node, node, and place in `EDGE_TYPES`. */
export type Edges = { source: Int32Array; target: Int32Array; type: Int32Array };

/** All edges of the graph, by type in the order of `EDGE_TYPES`, none twice. */
export function edgesOf(evaluated: Evaluated): Edges {
  const source: number[] = [];
  const target: number[] = [];
  const type: number[] = [];
  const seen = new Set<number>();
  const size = evaluated.tree.nodes.length;
  const add = (kind: EdgeType, from: CodeNode, to: CodeNode): void => {
    const key = (EDGE_TYPES.indexOf(kind) * size + from.index) * size + to.index;
    if (seen.has(key)) return;
    seen.add(key);
    source.push(from.index);
    target.push(to.index);
    type.push(EDGE_TYPES.indexOf(kind));
  };
  const { nodes } = evaluated.tree;
  for (const node of nodes) if (node.parent) add('syntax', node.parent, node);
  for (const { children } of nodes) {
    for (let each = 1; each < children.length; each += 1) {
      const [before, after] = [children[each - 1], children[each]];
      if (before && after) add('sibling', before, after);
    }
  }
  connectStatements(nodes, (from, to) => add('control-flow', from, to));
  addUses(evaluated, (from, to) => add('def-use', from, to));
  addCalls(evaluated, (from, to) => add('call', from, to));
  return { source: Int32Array.from(source), target: Int32Array.from(target), type: Int32Array.from(type) };
}

type Add = (from: CodeNode, to: CodeNode) => void;

function addUses({ tree, sources }: Evaluated, add: Add): void {
  for (const node of tree.nodes) {
    for (const from of sources[node.index] ?? []) if (from !== node && !isNamesake(from)) add(from, node);
  }
}

function addCalls({ tree, calls }: Evaluated, add: Add): void {
  for (const node of tree.nodes) {
    const callee = calls.callee[node.index];
    if (callee) add(node, callee);
    for (const argument of calls.passed[node.index] ?? []) add(argument, node);
  }
}
