import type { Cwe } from '#domain/finding.ts';
import { type OperatorName, OperatorNameSchema } from '#domain/operators.ts';
import type { LineRisk, Proposal } from '#domain/risk.ts';
import { type CodeGraph, definitionOf } from '../code-graph.ts';
import { graphSpec } from '../graph/graph-spec.ts';
import type { Thresholds } from './model-files.ts';
import type { NetworkOutputs } from './onnx-network.ts';

/** A node with what the network says of it, in words. */
export type JudgedNode = {
  node: number;
  risk: number;
  cwe: Cwe | null;
  /** Null where the node would be kept. */
  operator: OperatorName | null;
  /** The probability of the operator, or of keeping the node. */
  confidence: number;
};

/** What the network says of each node. */
export function judgedNodes({ size }: CodeGraph, { risk, cwe, operator }: NetworkOutputs): JudgedNode[] {
  return Array.from({ length: size }, (_, node) => {
    const likely = largest(operator, node, graphSpec.operators.length);
    return {
      node,
      risk: risk[node] ?? 0,
      cwe: cweNamed(largest(cwe, node, graphSpec.cwes.length).place),
      operator: operatorNamed(likely.place),
      confidence: likely.value,
    };
  });
}

/** Of every line in which a node begins the riskiest one, in order; the module begins nowhere. */
export function lineRisks({ span }: CodeGraph, judged: readonly JudgedNode[]): LineRisk[] {
  const byLine = new Map<number, LineRisk>();
  for (const { node, risk, cwe, operator } of judged.slice(1)) {
    const line = span[node * 4] ?? 1;
    if (risk > (byLine.get(line)?.risk ?? -1)) byLine.set(line, { line, risk, cwe, operator });
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

/** Nobody tries more: what a file wants beyond these tells of the network, not of the file. */
const MAX_WANTED = 200;

/** The edits that the network would try: of the nodes in one place that want the same operator the surest. */
export function proposals(
  graph: CodeGraph,
  judged: readonly JudgedNode[],
  thresholds: Thresholds,
): Proposal[] {
  const found: Proposal[] = [];
  const wanted = judged
    .slice(1)
    .filter(
      ({ risk, operator, confidence }) =>
        operator !== null && risk >= thresholds.line && confidence >= thresholds.operator,
    )
    .sort((a, b) => b.risk * b.confidence - a.risk * a.confidence)
    .slice(0, MAX_WANTED);
  for (const { node, risk, cwe, operator, confidence } of wanted) {
    if (operator === null) continue;
    const [line = 1, column = 0, endLine = 1, endColumn = 0] = graph.span.subarray(node * 4, node * 4 + 4);
    const place = { line, column, endLine, endColumn };
    if (found.some((other) => other.operator === operator && overlap(other, place))) continue;
    found.push({ operator, cwe, risk, confidence, ...place, definition: definitionOf(graph, node) });
  }
  return found;
}

type Place = Pick<Proposal, 'line' | 'column' | 'endLine' | 'endColumn'>;

function overlap(a: Place, b: Place): boolean {
  return (
    isBefore(a.line, a.column, b.endLine, b.endColumn) && isBefore(b.line, b.column, a.endLine, a.endColumn)
  );
}

function isBefore(line: number, column: number, otherLine: number, otherColumn: number): boolean {
  return line < otherLine || (line === otherLine && column < otherColumn);
}

function largest(rows: Float32Array, row: number, width: number): { place: number; value: number } {
  let place = 0;
  let value = Number.NEGATIVE_INFINITY;
  for (let each = 0; each < width; each += 1) {
    const figure = rows[row * width + each] ?? 0;
    if (figure > value) {
      place = each;
      value = figure;
    }
  }
  return { place, value };
}

const OPERATORS = graphSpec.operators.map((name) => OperatorNameSchema.safeParse(name).data ?? null);
const CWES = graphSpec.cwes.map((name) => (name.startsWith('CWE-') ? name : null));

function operatorNamed(place: number): OperatorName | null {
  return OPERATORS[place] ?? null;
}

/** The weakness, null for none and for one that the network has no name for. */
export function cweNamed(place: number): Cwe | null {
  return CWES[place] ?? null;
}
