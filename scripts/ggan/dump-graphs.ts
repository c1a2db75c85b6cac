import { createReadStream, createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { buildCodeGraph, type CodeGraph } from '../../functions/hardening/plan-edits/code-graph.ts';
import { FLAGS } from '../../functions/hardening/plan-edits/graph/flag-names.ts';
import { graphSpec, NAMES_PER_NODE } from '../../functions/hardening/plan-edits/graph/graph-spec.ts';
import { loadPythonParser } from '../../functions/hardening/plan-edits/graph/python-parser.ts';

const SPEC = new URL('../../models/ggan/graph-spec.json', import.meta.url);

const ProgramSchema = z.object({ id: z.string(), code: z.string() });

/** Writes the graph of each program of a file, `{"id", "code"}` a line, as a line of another file. */
async function dump(input: string, output: string): Promise<void> {
  const parser = await loadPythonParser();
  async function* graphs(): AsyncGenerator<string> {
    for await (const line of createInterface({ input: createReadStream(input), crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      const { id, code } = ProgramSchema.parse(JSON.parse(line));
      yield `${JSON.stringify({ id, ...plainGraph(buildCodeGraph(parser, code)) })}\n`;
    }
  }
  await pipeline(Readable.from(graphs()), createWriteStream(output));
}

/** A graph as the training reads it: plain lists, and of the flags the places of those that are set. */
export function plainGraph(graph: CodeGraph): Record<string, unknown> {
  const nodes = Array.from({ length: graph.size }, (_, node) => node);
  return {
    kind: [...graph.kind],
    role: [...graph.role],
    literal: [...graph.literal],
    names: nodes.map((node) => [...row(graph.names, node, NAMES_PER_NODE)]),
    flags: nodes.map((node) =>
      [...row(graph.flags, node, FLAGS.length)].flatMap((on, flag) => (on ? flag : [])),
    ),
    span: nodes.map((node) => [...row(graph.span, node, 4)]),
    edges: {
      source: [...graph.edges.source],
      target: [...graph.edges.target],
      type: [...graph.edges.type],
    },
    partial: graph.partial,
  };
}

function row<List extends Int32Array | Uint8Array>(list: List, node: number, width: number): List {
  return list.subarray(node * width, (node + 1) * width) as List;
}

const [first, second] = process.argv.slice(2);
if (first === '--spec') {
  await writeFile(SPEC, `${JSON.stringify(graphSpec, null, 2)}\n`);
} else if (first && second) {
  await dump(first, second);
} else {
  process.stderr.write('usage: dump-graphs.ts IN.jsonl OUT.jsonl, or dump-graphs.ts --spec\n');
  process.exitCode = 2;
}
