import { createReadStream, createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { buildCodeGraph } from '#hardening/plan-edits/code-graph.ts';
import { CodeGraphError } from '#hardening/plan-edits/graph/code-graph-error.ts';
import { graphSpec } from '#hardening/plan-edits/graph/graph-spec.ts';
import { loadPythonParser } from '#hardening/plan-edits/graph/python-parser.ts';
import { plainGraph } from './plain-graph.ts';

const SPEC = new URL('../../models/ggan/graph-spec.json', import.meta.url);
const USAGE = `usage: node scripts/ggan/dump-graphs.ts IN.jsonl OUT.jsonl    a graph for each {"id", "code"}
       node scripts/ggan/dump-graphs.ts --spec                  renew models/ggan/graph-spec.json
`;

const ProgramSchema = z.object({ id: z.string(), code: z.string() });

/** The graphs of the programs of a file, in its order. A program that has no graph is left out, with a word. */
async function* graphLines(input: string): AsyncGenerator<string> {
  const parser = await loadPythonParser();
  for await (const line of createInterface({ input: createReadStream(input), crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    const { id, code } = ProgramSchema.parse(JSON.parse(line));
    try {
      yield `${JSON.stringify({ id, ...plainGraph(buildCodeGraph(parser, code)) })}\n`;
    } catch (error) {
      if (!(error instanceof CodeGraphError)) throw error;
      process.stderr.write(`${id}: ${error.message}\n`);
    }
  }
}

const [first, second] = process.argv.slice(2);
if (first === '--spec') {
  await writeFile(SPEC, `${JSON.stringify(graphSpec, null, 2)}\n`);
} else if (first && second) {
  await pipeline(Readable.from(graphLines(first)), createWriteStream(second));
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
