import { createRequire } from 'node:module';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { CodeGraph } from '../code-graph.ts';
import { EDGE_TYPES, graphSpec, NAMES_PER_NODE } from '../graph/graph-spec.ts';

/** What the network says of a graph. Rows of `cwe` and `operator` are as long as their lists in the spec. */
export type NetworkOutputs = {
  /** Of each node. */
  risk: Float32Array;
  cwe: Float32Array;
  operator: Float32Array;
  /** Of each def-use edge, in the order of `useEdges`. */
  cut: Float32Array;
  /** Of the whole graph, between 0 and 1. */
  fileRisk: number;
};

export type Network = { run(graph: CodeGraph): Promise<NetworkOutputs> };

const USE = EDGE_TYPES.indexOf('def-use');
const OUTPUTS = ['risk', 'cwe', 'operator', 'cut', 'score'] as const;

/** Opens the network once for all graphs. Rejects where the bytes are no model for this runtime. */
export async function openNetwork(model: Uint8Array): Promise<Network> {
  // ONNX Runtime 1.30 tells Microsoft of its use and leaves files in the temporary folder, unless this is set first.
  // biome-ignore lint/style/noProcessEnv: it is no setting of ours, and native code reads nothing else.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  // By require: from a bundle, `import` does not look into the layers of a Lambda function.
  const runtime: typeof import('onnxruntime-node') = createRequire(import.meta.url)('onnxruntime-node');
  // Graphs this small gain nothing from a second thread, and other runs want it.
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // An arena would keep what the largest graph ever needed, and saves no time that can be measured.
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
  return {
    run: async (graph) => read(await session.run(inputs(graph, runtime.Tensor), [...OUTPUTS]), graph),
  };
}

/** The edges on which a value flows from its definition to a use, as places in the graph's edges. */
export function useEdges({ edges }: CodeGraph): number[] {
  return Array.from(edges.type.keys()).filter((edge) => edges.type[edge] === USE);
}

function inputs(graph: CodeGraph, Make: typeof Tensor): Record<string, Tensor> {
  const { size, kind, role, literal, names, flags, edges } = graph;
  const integers = (values: ArrayLike<number>, shape?: number[]) =>
    new Make('int64', words(values), shape ?? [values.length]);
  const uses = useEdges(graph);
  return {
    kind: integers(kind),
    role: integers(role),
    literal: integers(literal),
    names: integers(names, [size, NAMES_PER_NODE]),
    flags: new Make('float32', Float32Array.from(flags), [size, graphSpec.flags.length]),
    edge_source: integers(orDummy(edges.source)),
    edge_target: integers(orDummy(edges.target)),
    edge_type: integers(orDummy(edges.type)),
    use_source: integers(orDummy(uses.map((edge) => edges.source[edge] ?? 0))),
    use_target: integers(orDummy(uses.map((edge) => edges.target[edge] ?? 0))),
  };
}

/** The network takes no empty list: an edge from the module to itself stands in, and nobody reads its output. */
function orDummy(values: ArrayLike<number>): ArrayLike<number> {
  return values.length === 0 ? [0] : values;
}

/** 64-bit integers by their lower halves, on the little-endian machines that ONNX Runtime is built for. */
function words(values: ArrayLike<number>): BigInt64Array {
  const wide = new BigInt64Array(values.length);
  const halves = new Int32Array(wide.buffer);
  for (let each = 0; each < values.length; each += 1) halves[each * 2] = values[each] ?? 0;
  return wide;
}

function read(outputs: InferenceSession.ReturnType, graph: CodeGraph): NetworkOutputs {
  const figures = (name: (typeof OUTPUTS)[number]): Float32Array => {
    const data = outputs[name]?.data;
    if (!(data instanceof Float32Array)) throw new TypeError(`The network gave no ${name}.`);
    return data;
  };
  const risk = figures('risk');
  if (risk.length !== graph.size) throw new TypeError('The network gave risks for another graph.');
  return {
    risk,
    cwe: figures('cwe'),
    operator: figures('operator'),
    cut: figures('cut'),
    fileRisk: 1 / (1 + Math.exp(-(figures('score')[0] ?? 0))),
  };
}
