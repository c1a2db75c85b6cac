import type { Flow, FlowStep } from '#domain/risk.ts';
import type { CodeGraph } from '../code-graph.ts';
import { tracePath } from '../graph/trace-path.ts';
import { textAt } from '../text-at.ts';
import { type NetworkOutputs, useEdges } from './onnx-network.ts';
import type { JudgedNode } from './read-outputs.ts';

/** Of a file, and so of each part of it. */
export const MAX_FLOWS = 20;
const MAX_STEPS = 20;
const MAX_TEXT = 200;

/** The flows that the network would cut, surest first, each from its source to its sink; of equal ways one. */
export function cutFlows(
  graph: CodeGraph,
  { cut }: NetworkOutputs,
  judged: readonly JudgedNode[],
  { threshold, lines }: { threshold: number; lines: readonly string[] },
): Flow[] {
  const flows = new Map<string, Flow>();
  const edges = useEdges(graph)
    .map((edge, place) => ({ edge, cut: cut[place] ?? 0 }))
    .filter((each) => each.cut >= threshold)
    .sort((a, b) => b.cut - a.cut);
  for (const { edge, cut: figure } of edges) {
    if (flows.size === MAX_FLOWS) break;
    const nodes = tracePath(graph, edge);
    const path = steps(graph, nodes, lines);
    if (path.length < 2) continue;
    const ends = JSON.stringify([path.at(0), path.at(-1)]);
    if (flows.has(ends)) continue;
    const at = nodes.indexOf(graph.edges.source[edge] ?? -1);
    const cutAfter = at >= 0 && at < path.length - 1 ? { cutAfter: at } : {};
    flows.set(ends, { cwe: cweAlong(graph, nodes, judged), cut: figure, ...cutAfter, path });
  }
  return [...flows.values()];
}

function steps(graph: CodeGraph, nodes: readonly number[], lines: readonly string[]): FlowStep[] {
  return nodes.slice(0, MAX_STEPS).map((node) => {
    const [line = 1, column = 0, endLine = 1, endColumn = 0] = graph.span.subarray(node * 4, node * 4 + 4);
    const text = textAt(lines, { line, column, endLine, endColumn }).replace(/\s+/g, ' ').trim();
    return { line, column, text: [...text].slice(0, MAX_TEXT / 2).join('') };
  });
}

/** The weakness of the riskiest node that has one, on the way or around its end in the same line. */
function cweAlong(graph: CodeGraph, nodes: readonly number[], judged: readonly JudgedNode[]): Flow['cwe'] {
  const around: number[] = [];
  const end = nodes.at(-1) ?? 0;
  for (
    let node = end;
    node > 0 && lineOf(graph, node) === lineOf(graph, end);
    node = graph.parent[node] ?? 0
  ) {
    around.push(node);
  }
  const named = [...nodes, ...around].flatMap((node) => judged[node] ?? []).filter(({ cwe }) => cwe !== null);
  return named.sort((a, b) => b.risk - a.risk)[0]?.cwe ?? null;
}

function lineOf({ span }: CodeGraph, node: number): number {
  return span[node * 4] ?? 1;
}
