import { join } from 'node:path';
import type { RiskMap } from '#domain/risk.ts';
import type { Assessment, RiskModel } from '#ports/risk-model/risk-model.ts';
import { buildCodeGraph, type CodeGraph } from '../code-graph.ts';
import { CodeGraphError } from '../graph/code-graph-error.ts';
import { MAX_NODES } from '../graph/graph-spec.ts';
import { loadPythonParser } from '../graph/python-parser.ts';
import { subgraphs } from '../graph/subgraphs.ts';
import { cutFlows, MAX_FLOWS } from './cut-flows.ts';
import { readModelFiles, type Thresholds, unusable } from './model-files.ts';
import { type Network, openNetwork } from './onnx-network.ts';
import { judgedNodes, lineRisks, proposals } from './read-outputs.ts';

type Opened = {
  network: Network;
  thresholds: Thresholds;
  parser: Awaited<ReturnType<typeof loadPythonParser>>;
};

/**
 * The gGAN in a folder with `ggan.onnx`, `ggan.json` and `graph-spec.json`. It is opened when it is first asked,
 * once for all; where that fails, the next one who asks tries again.
 */
export function createRiskModel(folder: string): RiskModel {
  let opening: Promise<Opened> | null = null;
  const openOnce = (): Promise<Opened> => {
    opening ??= open(folder).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    prepare: () => void openOnce().catch(() => {}),
    assess: async (code) => assessWith(await openOnce(), code),
  };
}

async function open(folder: string): Promise<Opened> {
  const { model, thresholds } = await readModelFiles(folder);
  const parser = await loadPythonParser();
  try {
    return { network: await openNetwork(model), thresholds, parser };
  } catch (error) {
    throw unusable(join(folder, 'ggan.onnx'), 'cannot be opened by ONNX Runtime', error);
  }
}

async function assessWith({ network, thresholds, parser }: Opened, code: string): Promise<Assessment> {
  const graphs = graphsOf(parser, code);
  if ('unassessed' in graphs) return graphs;
  const lines = code.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const parts: Exclude<Assessment, { unassessed: string }>[] = [];
  for (const graph of graphs) {
    const outputs = await network.run(graph);
    const judged = judgedNodes(graph, outputs);
    parts.push({
      map: {
        risk: outputs.fileRisk,
        threshold: thresholds.line,
        lines: lineRisks(graph, judged),
        flows: cutFlows(graph, outputs, judged, { threshold: thresholds.cut, lines }),
      },
      proposals: proposals(graph, judged, thresholds),
    });
  }
  return {
    map: joinMaps(
      parts.map(({ map }) => map),
      thresholds.line,
    ),
    proposals: parts.flatMap((part) => part.proposals).sort((a, b) => b.risk - a.risk),
  };
}

const EXHAUSTED: ReadonlySet<string> = new Set(['RangeError', 'RuntimeError']);

/** The graph in parts that the network can take, or why there is none. */
function graphsOf(parser: Opened['parser'], code: string): CodeGraph[] | { unassessed: string } {
  try {
    return subgraphs(buildCodeGraph(parser, code), MAX_NODES);
  } catch (error) {
    if (error instanceof CodeGraphError) return { unassessed: error.message };
    // Hostile code may still find a way to exhaust the stack or the parser, which is WebAssembly; what analyzers
    // say must not be lost then.
    if (!(error instanceof Error && EXHAUSTED.has(error.name))) throw error;
    return { unassessed: 'The code is too tangled for a graph.' };
  }
}

/** A file is as risky as its riskiest part; a line that begins nodes of two parts as the riskier. */
function joinMaps(maps: readonly RiskMap[], threshold: number): RiskMap {
  const lines = new Map<number, RiskMap['lines'][number]>();
  for (const line of maps.flatMap((map) => map.lines)) {
    if (line.risk > (lines.get(line.line)?.risk ?? -1)) lines.set(line.line, line);
  }
  return {
    risk: Math.max(0, ...maps.map(({ risk }) => risk)),
    threshold,
    lines: [...lines.values()].sort((a, b) => a.line - b.line),
    flows: maps
      .flatMap(({ flows }) => flows)
      .sort((a, b) => b.cut - a.cut)
      .slice(0, MAX_FLOWS),
  };
}
