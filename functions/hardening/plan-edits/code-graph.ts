import type { Parser } from 'web-tree-sitter';
import { resolveCalls } from './graph/calls.ts';
import { type CodeNode, codeTree } from './graph/code-tree.ts';
import { dottedNames } from './graph/dotted-names.ts';
import { type Edges, edgesOf } from './graph/edges.ts';
import { flagsOf } from './graph/flags.ts';
import { LITERALS, NAMES_PER_NODE, ROLES } from './graph/graph-spec.ts';
import { literalOf } from './graph/literals.ts';
import { followNames } from './graph/name-flow.ts';
import { NODE_KINDS } from './graph/node-kinds.ts';
import { writeNames } from './graph/node-names.ts';
import { positionsIn } from './graph/positions.ts';
import { parseSyntax } from './graph/syntax-tree.ts';
import { evaluate } from './graph/values.ts';

/**
 * A program as the model sees it. Node 0 is the module and parents come before their children. The numbers are
 * places in the lists of `models/ggan/graph-spec.json`.
 */
export type CodeGraph = {
  size: number;
  kind: Int32Array;
  role: Int32Array;
  literal: Int32Array;
  /** Six hashed names for each node, 0 for none. */
  names: Int32Array;
  /** A row of zeros and ones for each node, as long as the list of flags. */
  flags: Uint8Array;
  /** Of each node, the node that it is in; -1 for the module. */
  parent: Int32Array;
  /** Four for each node: line from 1 and column from 0 in code points, of the beginning and behind the end. */
  span: Int32Array;
  edges: Edges;
  /** Of each node, the place in `definitions` of the innermost function or class that it is in, or is. */
  definition: Int32Array;
  /** Qualified names such as `Class.method`; the first is empty and stands for the module. */
  definitions: readonly string[];
  /** The code has syntax errors, or is nested too deeply for all of it to have nodes. */
  partial: boolean;
};

/**
 * Builds the graph of a program, also of one that is broken or only a part. The same code gives the same graph.
 *
 * @throws CodeGraphError where the code has too many parts for a graph, or takes the parser too many steps.
 */
export function buildCodeGraph(parser: Parser, code: string): CodeGraph {
  const text = code.startsWith('\uFEFF') ? code.slice(1) : code;
  // A lone carriage return ends a line for Python, but not for the parser. The offsets stay.
  const lines = text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
  const tree = codeTree(lines, parseSyntax(parser, lines));
  const module = tree.nodes[0];
  if (!module) throw new TypeError('A tree without a module.');
  const names = dottedNames(tree);
  const flow = followNames(module, tree.nodes.length);
  const known = { tree, flow, names, calls: resolveCalls(tree, flow) };
  const evaluated = { ...known, ...evaluate(known) };
  return {
    ...columns(tree.nodes, (node, hashed) => writeNames(hashed, node, names)),
    ...namedDefinitions(tree.nodes),
    flags: flagsOf(evaluated),
    span: spans(lines, tree.nodes),
    edges: edgesOf(evaluated),
    partial: tree.partial,
  };
}

type Columns = Pick<CodeGraph, 'size' | 'kind' | 'role' | 'literal' | 'parent' | 'names'>;

const KIND_IDS = idsOf(NODE_KINDS);
const ROLE_IDS = idsOf(ROLES);
const LITERAL_IDS = idsOf(LITERALS);

function idsOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, id) => [name, id]));
}

function columns(nodes: readonly CodeNode[], write: (node: CodeNode, hashed: Int32Array) => void): Columns {
  const size = nodes.length;
  const list = (): Int32Array => new Int32Array(size);
  const [kind, role, literal, parent] = [list(), list(), list(), list()];
  const names = new Int32Array(size * NAMES_PER_NODE);
  for (const node of nodes) {
    kind[node.index] = KIND_IDS.get(node.kind) ?? 0;
    role[node.index] = ROLE_IDS.get(node.role) ?? 0;
    literal[node.index] = LITERAL_IDS.get(literalOf(node)) ?? 0;
    parent[node.index] = node.parent?.index ?? -1;
    write(node, names);
  }
  return { size, kind, role, literal, parent, names };
}

function spans(code: string, nodes: readonly CodeNode[]): Int32Array {
  const span = new Int32Array(nodes.length * 4);
  const position = positionsIn(code);
  for (const { index, start, end } of nodes) {
    span.set(position(start), index * 4);
    span.set(position(end), index * 4 + 2);
  }
  return span;
}

function namedDefinitions(nodes: readonly CodeNode[]): Pick<CodeGraph, 'definition' | 'definitions'> {
  const definition = new Int32Array(nodes.length);
  const definitions = [''];
  for (const { index, kind, name, parent } of nodes) {
    const around = parent ? (definition[parent.index] ?? 0) : 0;
    definition[index] = around;
    if (kind !== 'function_definition' && kind !== 'class_definition') continue;
    const outer = definitions[around];
    definition[index] = definitions.length;
    definitions.push(outer ? `${outer}.${name}` : name);
  }
  return { definition, definitions };
}

/** The qualified name of the function or class that a node is in, or is; empty at module level. */
export function definitionOf({ definition, definitions }: CodeGraph, node: number): string {
  return definitions[definition[node] ?? 0] ?? '';
}
