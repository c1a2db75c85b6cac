// Measures what the gGAN costs: time to load, to build a graph and to ask the network, memory.
// `npm run train:ggan -- cost`.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildCodeGraph } from '../../functions/hardening/plan-edits/code-graph.ts';
import { loadPythonParser } from '../../functions/hardening/plan-edits/graph/python-parser.ts';
import { readModelFiles } from '../../functions/hardening/plan-edits/risk-model/model-files.ts';
import { openNetwork } from '../../functions/hardening/plan-edits/risk-model/onnx-network.ts';

const ROUNDS = 5;
const [models = '', programs = ''] = process.argv.slice(2);

const before = memoryMiB();
const started = performance.now();
const { model } = await readModelFiles(models);
const [parser, network] = await Promise.all([loadPythonParser(), openNetwork(model)]);
const loadMs = performance.now() - started;

const names = (await readdir(programs)).filter((name) => name.endsWith('.py'));
const codes = await Promise.all(names.map((name) => readFile(join(programs, name), 'utf8')));
let graphMs: number[] = [];
let bothMs: number[] = [];
let nearMs: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  [graphMs, bothMs, nearMs] = [[], [], []];
  for (const code of codes) {
    const begun = performance.now();
    const graph = buildCodeGraph(parser, code);
    graphMs.push(performance.now() - begun);
    await network.run(graph);
    const both = performance.now() - begun;
    bothMs.push(both);
    if (graph.size >= 250 && graph.size <= 350) nearMs.push(both);
  }
}
process.stdout.write(
  [
    `load: ${loadMs.toFixed(0)} ms`,
    `graph: median ${at(graphMs, 0.5)} ms, p95 ${at(graphMs, 0.95)} ms`,
    `graph and network: median ${at(bothMs, 0.5)} ms, p95 ${at(bothMs, 0.95)} ms, ${codes.length} programs`,
    `graph and network, 250 to 350 nodes: p95 ${at(nearMs, 0.95)} ms, ${nearMs.length} programs`,
    `memory: ${(memoryMiB() - before).toFixed(0)} MiB more than before it was loaded`,
    '',
  ].join('\n'),
);

function memoryMiB(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(2);
}
