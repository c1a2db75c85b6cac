import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildCodeGraph } from '../code-graph.ts';
import { NAMES_PER_NODE } from '../graph/graph-spec.ts';
import { loadPythonParser } from '../graph/python-parser.ts';
import { openNetwork } from './onnx-network.ts';

const folder = new URL('../../../../models/ggan/', import.meta.url);
const figures = z.array(z.number());
const rows = z.array(figures);

/** Programs with their graphs and what PyTorch said of them, written where the model was trained. */
const { graphs } = z
  .object({
    graphs: z
      .array(
        z.object({
          id: z.string(),
          code: z.string(),
          graph: z.object({
            kind: figures,
            names: rows,
            flags: rows,
            edges: z.object({ source: figures, target: figures, type: figures }),
          }),
          said: z.object({ risk: figures, cwe: rows, operator: rows, cut: figures, score: figures }),
        }),
      )
      .min(4),
  })
  .parse(JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8')));
const network = await openNetwork(readFileSync(new URL('ggan.onnx', folder)));
const parser = await loadPythonParser();

describe.each(graphs)('the program "$id"', ({ code, graph, said }) => {
  const built = buildCodeGraph(parser, code);

  it('has the graph that the network was trained with', () => {
    const width = built.flags.length / built.size;
    expect(Array.from(built.kind)).toEqual(graph.kind);
    expect(Array.from(built.names)).toEqual(graph.names.flat());
    expect(built.names).toHaveLength(built.size * NAMES_PER_NODE);
    expect(
      graph.names.map((_, node) =>
        Array.from(built.flags.subarray(node * width, (node + 1) * width)).flatMap((flag, each) =>
          flag === 1 ? each : [],
        ),
      ),
    ).toEqual(graph.flags);
    expect(Array.from(built.edges.source)).toEqual(graph.edges.source);
    expect(Array.from(built.edges.target)).toEqual(graph.edges.target);
    expect(Array.from(built.edges.type)).toEqual(graph.edges.type);
  });

  it('gets the figures of PyTorch from ONNX Runtime', async () => {
    const outputs = await network.run(built);

    const logit = said.score[0] ?? Number.NaN;
    expectNear(outputs.risk, said.risk);
    expectNear(outputs.cwe, said.cwe.flat());
    expectNear(outputs.operator, said.operator.flat());
    expectNear(outputs.cut.subarray(0, said.cut.length), said.cut);
    expectNear([outputs.fileRisk], [1 / (1 + Math.exp(-logit))]);
  });
});

function expectNear(actual: ArrayLike<number>, wanted: readonly number[]): void {
  expect(actual).toHaveLength(wanted.length);
  const farthest = Math.max(
    0,
    ...wanted.map((each, place) => Math.abs(each - (actual[place] ?? Number.NaN))),
  );
  expect(farthest).toBeLessThan(1e-4);
}
