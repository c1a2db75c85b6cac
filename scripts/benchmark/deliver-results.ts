import { basename, join } from 'node:path';
import { summarizeBenchmark } from '#benchmarking/summarize-benchmark.ts';
import type { BenchmarkDescription } from '#domain/benchmark-description.ts';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { renderBenchmarkCsv } from '#rendering/benchmark/render-benchmark-csv.ts';
import { renderBenchmarkHtml } from '#rendering/benchmark/render-benchmark-html.ts';
import { renderBenchmarkMarkdown } from '#rendering/benchmark/render-benchmark-markdown.ts';
import { renderBenchmarkText } from '#rendering/benchmark/render-benchmark-text.ts';
import type { Output } from '../commands/output.ts';
import { writeAtomically } from '../commands/write-file.ts';
import { files } from './benchmark-folder.ts';
import { readRecords } from './record-file.ts';

/** Sums the records of a finished benchmark up: the tables on stdout, and as files beside the records. */
export async function deliverResults(
  folder: string,
  description: BenchmarkDescription,
  { stdout, stderr }: { stdout: Output; stderr: Output },
): Promise<void> {
  const records: BenchmarkRecord[] = [];
  for await (const record of readRecords(join(folder, files.records))) records.push(record);
  const result = summarizeBenchmark(records, {
    arms: description.arms,
    seed: description.sample?.seed ?? 0,
    about: aboutOf(description),
  });
  const written = {
    'results.md': renderBenchmarkMarkdown(result),
    'results.csv': renderBenchmarkCsv(result),
    'results.html': await renderBenchmarkHtml(result),
    'results.json': `${JSON.stringify(result, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(written)) {
    await writeAtomically(join(folder, name), new TextEncoder().encode(text));
  }
  stdout.write(renderBenchmarkText(result, { color: stdout.hasColors }));
  stderr.write(`The same in ${Object.keys(written).join(', ')} beside the records in ${folder}\n`);
}

/** What a reader of the tables has to know of the benchmark, in words. */
export function aboutOf({
  dataSet,
  sample,
  outputs,
  settings,
  versions,
  machine,
}: BenchmarkDescription): { name: string; value: string }[] {
  const { sgcode, commit, node, python, analyzers } = versions;
  const about: Record<string, string> = {
    'data set': `${basename(dataSet.path)}, ${dataSet.kind}, ${dataSet.programs} programs`,
    'sha256 of the data set': dataSet.sha256,
    sample: sample === null ? 'all programs' : `${sample.size} programs, seed ${sample.seed}`,
    policy: settings.policy,
    analyzers: analyzers.map(({ name, version }) => `${name} ${version}`).join(', '),
    behavior: settings.behavior,
    'database driver': settings.databaseDriver ?? 'none named',
    ...aboutModels(settings),
    'programs at once': String(settings.jobs),
    sgcode: commit === null ? sgcode : `${sgcode}, commit ${commit}`,
    'node and python': `${node}, ${python}`,
    ...(versions.ggan === null ? {} : { 'sha256 of the gGAN': versions.ggan }),
    tokens: `counted by ${versions.tokenizer}`,
    machine: `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMiB} MiB, ${machine.platform}`,
  };
  for (const { arm, path, sha256 } of outputs)
    about[`outputs of ${arm}`] = `${basename(path)}, sha256 ${sha256}`;
  return Object.entries(about).map(([name, value]) => ({ name, value }));
}

function aboutModels({
  models,
  budget,
  ...settings
}: BenchmarkDescription['settings']): Record<string, string> {
  if (models.length === 0 || budget === null) return {};
  const most = [
    `${settings.maxIterations} iterations`,
    `${budget.maxCalls} calls`,
    `${budget.maxTokens} tokens`,
    ...(budget.maxCostUsd === null ? [] : [`$${budget.maxCostUsd}`]),
    `${settings.maxSeconds} s`,
  ];
  return {
    'language models': models.map(({ name, baseUrl }) => `${name} at ${new URL(baseUrl).host}`).join(', '),
    'at most, for each program': most.join(', '),
  };
}
