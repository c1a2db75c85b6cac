import type { CodeGraph } from '../code-graph.ts';
import { FLAGS } from './flag-names.ts';
import { EDGE_TYPES, NAMES_PER_NODE } from './graph-spec.ts';

/**
 * Cuts a graph that is larger than `maxNodes` into parts that are not: whole statements and definitions as far as
 * they fit, each with the nodes around it up to the module, which several parts then share. Edges within a part
 * stay. A graph that is small enough comes back as it is, as the only part.
 */
export function subgraphs(graph: CodeGraph, maxNodes: number): CodeGraph[] {
  if (graph.size <= maxNodes) return [graph];
  const parts = partition(graph, maxNodes);
  const home = new Int32Array(graph.size);
  parts.forEach((nodes, part) => {
    for (const node of nodes) home[node] = part;
  });
  const edges: number[][] = parts.map(() => []);
  const above = new Int32Array(graph.size);
  graph.edges.type.forEach((type, edge) => {
    const [source, target] = [graph.edges.source[edge] ?? 0, graph.edges.target[edge] ?? 0];
    const [from, to] = [home[source] ?? 0, home[target] ?? 0];
    edges[to]?.push(edge);
    if (from !== to) edges[from]?.push(edge);
    if (EDGE_TYPES[type] === 'syntax') above[target] = edge;
  });
  const places = new Int32Array(graph.size).fill(-1);
  return parts.map((nodes, part) => {
    const whole = withAncestors(graph, nodes);
    // Nodes that are there for what is in them hang together as they did.
    const shared = whole.flatMap((node) => (node > 0 && home[node] !== part ? [above[node] ?? 0] : []));
    const inside = new Set([...(edges[part] ?? []), ...shared]);
    return cutOut(
      graph,
      whole,
      [...inside].sort((a, b) => a - b),
      places,
    );
  });
}

/** Every node once: runs of nodes in their order that fit, cut where the structure allows. */
function partition(graph: CodeGraph, maxNodes: number): number[][] {
  const ends = subtreeEnds(graph);
  const depth = new Int32Array(graph.size);
  const parts: number[][] = [];
  let current: number[] = [];
  let node = 0;
  // The nodes around the first of a part are those around all of it.
  const room = (first: number): number => Math.max(1, maxNodes - (depth[first] ?? 0));
  while (node < graph.size) {
    const above = graph.parent[node] ?? -1;
    depth[node] = above < 0 ? 0 : (depth[above] ?? 0) + 1;
    const end = ends[node] ?? node + 1;
    // What does not fit into any part is opened: its own node goes along with the first of what it holds.
    const taken = end - node <= room(node) ? end : node + 1;
    const [first] = current;
    if (first !== undefined && current.length + taken - node > room(first)) {
      parts.push(current);
      current = [];
    }
    for (let each = node; each < taken; each += 1) current.push(each);
    node = taken;
  }
  parts.push(current);
  return parts;
}

function subtreeEnds({ size, parent }: CodeGraph): Int32Array {
  const ends = Int32Array.from({ length: size }, (_, node) => node + 1);
  for (let node = size - 1; node > 0; node -= 1) {
    const above = parent[node] ?? 0;
    ends[above] = Math.max(ends[above] ?? 0, ends[node] ?? 0);
  }
  return ends;
}

function withAncestors({ parent }: CodeGraph, nodes: readonly number[]): number[] {
  const all = new Set(nodes);
  for (const node of nodes) {
    for (let above = parent[node] ?? -1; above >= 0 && !all.has(above); above = parent[above] ?? -1)
      all.add(above);
  }
  return [...all].sort((a, b) => a - b);
}

function cutOut(
  graph: CodeGraph,
  nodes: readonly number[],
  edges: readonly number[],
  places: Int32Array,
): CodeGraph {
  nodes.forEach((node, place) => {
    places[node] = place;
  });
  const { source, target, type } = graph.edges;
  const inside = edges.filter(
    (edge) => (places[source[edge] ?? 0] ?? -1) >= 0 && (places[target[edge] ?? 0] ?? -1) >= 0,
  );
  const part: CodeGraph = {
    size: nodes.length,
    kind: rows(graph.kind, nodes, 1),
    role: rows(graph.role, nodes, 1),
    literal: rows(graph.literal, nodes, 1),
    names: rows(graph.names, nodes, NAMES_PER_NODE),
    flags: rows(graph.flags, nodes, FLAGS.length),
    parent: Int32Array.from(nodes, (node) => places[graph.parent[node] ?? -1] ?? -1),
    span: rows(graph.span, nodes, 4),
    edges: {
      source: Int32Array.from(inside, (edge) => places[source[edge] ?? 0] ?? 0),
      target: Int32Array.from(inside, (edge) => places[target[edge] ?? 0] ?? 0),
      type: Int32Array.from(inside, (edge) => type[edge] ?? 0),
    },
    definition: rows(graph.definition, nodes, 1),
    definitions: graph.definitions,
    partial: graph.partial,
  };
  for (const node of nodes) places[node] = -1;
  return part;
}

function rows<List extends Int32Array | Uint8Array>(
  list: List,
  nodes: readonly number[],
  width: number,
): List {
  const made = list.slice(0, nodes.length * width) as List;
  nodes.forEach((node, place) => {
    made.set(list.subarray(node * width, (node + 1) * width), place * width);
  });
  return made;
}
