import type { CodeGraph } from '../code-graph.ts';
import { FLAG_INDEX, FLAGS, type FlagName } from './flag-names.ts';
import { EDGE_TYPES, ROLES } from './graph-spec.ts';
import { NODE_KINDS } from './node-kinds.ts';

const MAX_STEPS = 20;
/** So many nodes are looked at in each direction. */
const MAX_VISITED = 2000;

/** What leads to and from each node. */
type Links = {
  children: number[][];
  usesOf: number[][];
  definitionsOf: number[][];
  passed: number[][];
  taken: number[][];
};

/**
 * Follows a value through a def-use edge: back to where it comes from (input from outside or a parameter), and on
 * to the sink that takes it. Returns the nodes on the way in the order of the flow, at most 20: ends, definitions,
 * uses and calls. Where no source or sink is found, the way begins or ends at the edge.
 */
export function tracePath(graph: CodeGraph, edge: number): number[] {
  const links = linksOf(graph);
  const source = graph.edges.source[edge] ?? 0;
  const target = graph.edges.target[edge] ?? 0;
  const before = search(
    source,
    (node) => origins(graph, links, node),
    (node) => isOrigin(graph, links, node),
  );
  const after = search(
    target,
    (node) => destinations(graph, links, node),
    (node) => has(graph, node, 'sink'),
  );
  const back = before.reverse();
  const whole = [...new Set([...back, ...after])];
  const kept = whole.filter(
    (node, place) =>
      place === 0 ||
      place === whole.length - 1 ||
      node === source ||
      node === target ||
      speaks(graph, links, node),
  );
  return shortened(kept, source, target);
}

/** Of a long way the middle around the edge and both ends stay. */
function shortened(way: readonly number[], source: number, target: number): number[] {
  if (way.length <= MAX_STEPS) return [...way];
  const middle = way.indexOf(source);
  const from = Math.max(1, Math.min(middle - MAX_STEPS / 2, way.length - MAX_STEPS + 1));
  const part = way.slice(from, from + MAX_STEPS - 2);
  const ends = [way[0] ?? source, way.at(-1) ?? target];
  return [...new Set([...ends.slice(0, 1), ...part, ...ends.slice(1)])];
}

/** The shortest way from a node to one that is wanted, the node first; only the node where there is none. */
function search(
  start: number,
  next: (node: number) => number[],
  wanted: (node: number) => boolean,
): number[] {
  const from = new Map<number, number>([[start, -1]]);
  for (const node of from.keys()) {
    if (wanted(node)) return wayTo(node, from);
    if (from.size > MAX_VISITED) break;
    for (const each of next(node)) if (!from.has(each)) from.set(each, node);
  }
  return [start];
}

function wayTo(end: number, from: ReadonlyMap<number, number>): number[] {
  const way: number[] = [];
  for (let node = end; node >= 0; node = from.get(node) ?? -1) way.push(node);
  return way.reverse();
}

function has({ flags }: CodeGraph, node: number, flag: FlagName): boolean {
  return flags[node * FLAGS.length + FLAG_INDEX[flag]] === 1;
}

function isOrigin(graph: CodeGraph, { passed }: Links, node: number): boolean {
  if (has(graph, node, 'source')) return true;
  return ROLES[graph.role[node] ?? 0] === 'parameter' && (passed[node]?.length ?? 0) === 0;
}

function speaks(graph: CodeGraph, { usesOf, definitionsOf }: Links, node: number): boolean {
  const call = NODE_KINDS[graph.kind[node] ?? 0] === 'call';
  return call || (usesOf[node]?.length ?? 0) > 0 || (definitionsOf[node]?.length ?? 0) > 0;
}

/** Where the value of a node comes from. */
function origins(graph: CodeGraph, links: Links, node: number): number[] {
  const defined = [...(links.definitionsOf[node] ?? []), ...(links.passed[node] ?? [])];
  if (defined.length > 0) return defined;
  const parts = (links.children[node] ?? []).filter((child) => carries(graph, child));
  return [...parts, ...assigned(graph, links, node)];
}

/** What an assignment, a loop or a `with` gives to a target. */
function assigned(graph: CodeGraph, { children }: Links, node: number): number[] {
  const holder = targetHolder(graph, node);
  if (holder < 0) return [];
  return (children[holder] ?? []).filter((child) => {
    const role = ROLES[graph.role[child] ?? 0];
    return role === 'right' || role === 'value';
  });
}

/** What gives a value to targets: only here does `left` mean a target. */
const GIVING: ReadonlySet<string> = new Set([
  ...[
    'assignment',
    'augmented_assignment',
    'named_expression',
    'for_statement',
    'for_in_clause',
    'as_pattern',
  ],
]);
const TARGETS: ReadonlySet<string | undefined> = new Set(['left', 'name', 'alias']);
const PATTERNS: ReadonlySet<string> = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'tuple',
  'list',
]);

/** The statement that a node is a target of, or -1. */
function targetHolder(graph: CodeGraph, node: number): number {
  let target = node;
  let holder = graph.parent[target] ?? -1;
  while (holder >= 0 && PATTERNS.has(NODE_KINDS[graph.kind[holder] ?? 0] ?? '')) {
    target = holder;
    holder = graph.parent[target] ?? -1;
  }
  return isTarget(graph, target) ? holder : -1;
}

function isTarget(graph: CodeGraph, node: number): boolean {
  const around = graph.parent[node] ?? -1;
  return TARGETS.has(ROLES[graph.role[node] ?? 0]) && GIVING.has(NODE_KINDS[graph.kind[around] ?? 0] ?? '');
}

/** Conditions decide, and names of functions are called: neither becomes part of the value. */
function carries(graph: CodeGraph, node: number): boolean {
  const role = ROLES[graph.role[node] ?? 0];
  if (role === 'condition') return false;
  return role !== 'function' || NODE_KINDS[graph.kind[node] ?? 0] === 'attribute';
}

const EXPRESSION_END = /statement|clause|definition|^assignment$|^module$|^lambda$|^comparison_operator$/;

/** Where the value of a node goes. */
function destinations(graph: CodeGraph, links: Links, node: number): number[] {
  const used = [...(links.usesOf[node] ?? []), ...(links.taken[node] ?? [])];
  const around = graph.parent[node] ?? -1;
  if (around < 0 || !carries(graph, node)) return used;
  if (isTarget(graph, node)) return used;
  const kind = NODE_KINDS[graph.kind[around] ?? 0] ?? '';
  if (GIVING.has(kind)) {
    const targets = (links.children[around] ?? []).filter((child) => isTarget(graph, child));
    used.push(...targets.flatMap((target) => [target, ...(links.children[target] ?? [])]));
  }
  return EXPRESSION_END.test(kind) ? used : [...used, around];
}

const known = new WeakMap<CodeGraph, Links>();

function linksOf(graph: CodeGraph): Links {
  const before = known.get(graph);
  if (before) return before;
  const lists = (): number[][] => Array.from({ length: graph.size }, () => []);
  const links: Links = {
    children: lists(),
    usesOf: lists(),
    definitionsOf: lists(),
    passed: lists(),
    taken: lists(),
  };
  graph.parent.forEach((parent, node) => {
    links.children[parent]?.push(node);
  });
  const { source, target, type } = graph.edges;
  type.forEach((each, edge) => {
    const [from, to] = [source[edge] ?? 0, target[edge] ?? 0];
    if (EDGE_TYPES[each] === 'def-use') {
      links.usesOf[from]?.push(to);
      links.definitionsOf[to]?.push(from);
    } else if (EDGE_TYPES[each] === 'call' && ROLES[graph.role[to] ?? 0] === 'parameter') {
      links.taken[from]?.push(to);
      links.passed[to]?.push(from);
    }
  });
  known.set(graph, links);
  return links;
}
