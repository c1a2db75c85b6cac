import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { graphSpec } from '#hardening/plan-edits/graph/graph-spec.ts';

const SCRIPT = fileURLToPath(new URL('dump-graphs.ts', import.meta.url));
const run = promisify(execFile);

const GraphSchema = z.strictObject({
  id: z.string(),
  kind: z.array(z.int()),
  role: z.array(z.int()),
  literal: z.array(z.int()),
  names: z.array(z.array(z.int().min(0).max(graphSpec.nameBuckets)).length(graphSpec.namesPerNode)),
  flags: z.array(z.array(z.int().min(0))),
  span: z.array(z.tuple([z.int().min(1), z.int().min(0), z.int().min(1), z.int().min(0)])),
  edges: z.object({ source: z.array(z.int()), target: z.array(z.int()), type: z.array(z.int()) }),
  partial: z.boolean(),
});

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphs-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function dump(
  programs: readonly { id: string; code: string }[],
): Promise<z.infer<typeof GraphSchema>[]> {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
  await writeFile(input, programs.map((program) => `${JSON.stringify(program)}\n`).join('\n'));
  await run(process.execPath, [SCRIPT, input, output]);
  const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => GraphSchema.parse(JSON.parse(line)));
}

describe('dump-graphs', () => {
  test('writes the graph of each program on a line, in their order', async () => {
    const [broken, whole] = await dump([
      { id: 'b', code: 'def f(:' },
      { id: 'a', code: 'import os\nos.system(input())\n' },
    ]);
    expect(broken).toMatchObject({ id: 'b', partial: true });
    expect(whole).toMatchObject({ id: 'a', partial: false });
    expect(whole?.kind.map((kind) => graphSpec.kinds[kind])).toEqual([
      ...[
        'module',
        'import_statement',
        'dotted_name',
        'call',
        'attribute',
        'identifier',
        'call',
        'identifier',
      ],
    ]);
    expect(whole?.span[3]).toEqual([2, 0, 2, 18]);
    expect(whole?.flags[3]?.map((flag) => graphSpec.flags[flag])).toEqual(
      expect.arrayContaining(['sink-command', 'danger', 'from-source']),
    );
    expect(whole?.edges.source).toHaveLength(whole?.edges.type.length ?? -1);
  });

  test('leaves out what has no graph, with a word', async () => {
    const graphs = await dump([
      { id: 'huge', code: 'a=b\n'.repeat(90_000) },
      { id: 'small', code: 'a=b\n' },
    ]);
    expect(graphs.map(({ id }) => id)).toEqual(['small']);
  });

  test('says how it is called', async () => {
    await expect(run(process.execPath, [SCRIPT])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('usage:'),
    });
  });
});
