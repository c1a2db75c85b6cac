// Measures what the gGAN adds to the loop: every task of SecCodePLT is hardened with the model of the fold that never
// saw it, and without a gGAN. `npm run train:ggan -- loop`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type BenchmarkRecord, BenchmarkRecordSchema } from '#domain/benchmark-record.ts';

const FoldsSchema = z.object({ folds: z.array(z.object({ tune: z.array(z.string()) })) });
const TaskSchema = z.looseObject({ CWE_ID: z.string(), index: z.union([z.int(), z.string()]) });
const ARMS = ['untouched', 'rules-no-ggan', 'rules'] as const;

const [checkout = '', shared = '', scratch = ''] = process.argv.slice(2);
const tasks = await readTasks(join(shared, 'seccodeplt', 'tune.jsonl'));
const folds = FoldsSchema.parse(JSON.parse(await readFile(join(scratch, 'folds', 'folds.json'), 'utf8')));

const records: BenchmarkRecord[] = [];
for (const [number, { tune }] of folds.folds.entries()) records.push(...(await measureFold(number, tune)));
process.stdout.write(table(records));

async function readTasks(file: string): Promise<Map<string, string>> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { CWE_ID, index } = TaskSchema.parse(JSON.parse(line));
      return [`cwe-${CWE_ID}-${index}`, line];
    }),
  );
}

async function measureFold(number: number, ids: readonly string[]): Promise<BenchmarkRecord[]> {
  const out = join(scratch, 'loop', `fold-${number}`);
  await rm(out, { recursive: true, force: true });
  await mkdir(join(scratch, 'loop'), { recursive: true });
  const dataSet = join(scratch, 'loop', `fold-${number}.jsonl`);
  await writeFile(dataSet, `${ids.flatMap((id) => tasks.get(id) ?? []).join('\n')}\n`);
  const args = ['benchmark', dataSet, '--mechanisms', 'rules-no-ggan,rules', '--out', out];
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'sgcode.ts'), ...args], {
    cwd: checkout,
    env: {
      ...process.env,
      INIT_CWD: checkout,
      SGCODE_GGAN: join(scratch, 'folds', `fold-${number}`),
      SGCODE_HOME: join(scratch, 'loop', 'home'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The benchmark of fold ${number} ended with ${code}.`);
  const lines = (await readFile(join(out, 'records.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => BenchmarkRecordSchema.parse(JSON.parse(line)));
}

function table(all: readonly BenchmarkRecord[]): string {
  const rows = ARMS.map((arm) => {
    const mine = all.filter((record) => record.arm === arm);
    const passes = (kind: 'functional' | 'security') =>
      mine.filter(({ tests }) => tests !== null && tests[kind].passed === tests[kind].total);
    const secure = new Set(passes('security').map(({ program }) => program));
    const functional = passes('functional');
    const joint = functional.filter(({ program }) => secure.has(program)).length;
    const changed = mine.filter(({ edits }) => (edits ?? 0) > 0).length;
    const share = ((100 * joint) / Math.max(1, mine.length)).toFixed(1);
    return `| ${arm} | ${mine.length} | ${changed} | ${functional.length} | ${joint} (${share} %) | ${byOperator(mine)} |`;
  });
  return [
    '| arm | tasks | changed | functional | functional and secure | edits by operator |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function byOperator(records: readonly BenchmarkRecord[]): string {
  const counts = new Map<string, number>();
  for (const [name, count] of records.flatMap(({ editsByOperator }) => Object.entries(editsByOperator))) {
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, count]) => `${name} ${count}`).join(', ');
}
