import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type BenchmarkRecord, isSecuredAndKept } from '#domain/benchmark-record.ts';
import type { Output } from '../../commands/output.ts';
import type { LocalConfig } from '../../local-config.ts';
import { files } from '../benchmark-folder.ts';
import { rulesRequest } from '../benchmark-request.ts';
import { readRecords } from '../record-file.ts';
import { runBenchmark } from '../run-benchmark.ts';

const ARM = 'rules';
const PROGRAMS = fileURLToPath(new URL('./programs', import.meta.url));

/** The committed figures of the programs in `programs/`; `npm run benchmark -- renew-baseline` writes them anew. */
export const BASELINE_FILE = fileURLToPath(new URL('./baseline.json', import.meta.url));

/** What of a program must not get worse: all of it can be counted without a clock. */
const FiguresSchema = z.object({
  securedAndKept: z.boolean(),
  findingsLeft: z.int().min(0),
  edits: z.int().min(0),
  transitions: z.int().min(0),
  tokens: z.int().min(0),
});
type Figures = z.infer<typeof FiguresSchema>;

export const BaselineSchema = z.object({
  securedAndKept: z.int().min(0),
  programs: z.record(z.string(), FiguresSchema),
});
export type Baseline = z.infer<typeof BaselineSchema>;

/** Measures the programs of the regression, behavior included. Rejects where that cannot be done on this machine. */
export async function measureRegression(config: LocalConfig, stderr: Output): Promise<BenchmarkRecord[]> {
  const out = await mkdtemp(join(tmpdir(), 'sgcode-regression-'));
  try {
    await runBenchmark(rulesRequest({ dataSet: PROGRAMS, out }), {
      config,
      stdout: { ...stderr, write: () => {} },
      stderr,
      signal: new AbortController().signal,
    });
    const records: BenchmarkRecord[] = [];
    for await (const record of readRecords(join(out, files.records))) records.push(record);
    return records.filter(({ arm }) => arm === ARM);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** The baseline that records make, in the order of the programs' names. */
export function baselineOf(records: readonly BenchmarkRecord[]): Baseline {
  const sorted = records.toSorted((a, b) => (a.program < b.program ? -1 : 1));
  return {
    securedAndKept: records.filter(isSecuredAndKept).length,
    programs: Object.fromEntries(sorted.map((record) => [record.program, figuresOf(record)])),
  };
}

/**
 * What got worse, in words; nothing where all is as it was or better. A program that has fewer findings left may take
 * more work: that is what the work is for.
 */
export function whatGotWorse(baseline: Baseline, records: readonly BenchmarkRecord[]): string[] {
  const now = baselineOf(records).programs;
  return Object.entries(baseline.programs).flatMap(([program, before]) => {
    const after = now[program];
    if (!after) return [`${program} was not measured`];
    return problemsOf(before, after).map((problem) => `${program}: ${problem}`);
  });
}

function problemsOf(before: Figures, after: Figures): string[] {
  if (before.securedAndKept && !after.securedAndKept) return ['it was secured and kept, and is not'];
  if (after.findingsLeft > before.findingsLeft) {
    return [`${after.findingsLeft} findings are left, and were ${before.findingsLeft}`];
  }
  const isBetter = after.securedAndKept !== before.securedAndKept || after.findingsLeft < before.findingsLeft;
  if (isBetter) return [];
  return (['edits', 'transitions', 'tokens'] as const)
    .filter((work) => after[work] > before[work])
    .map((work) => `it takes ${after[work]} ${work}, and took ${before[work]}`);
}

function figuresOf(record: BenchmarkRecord): Figures {
  const { findings, edits, transitions, tokens } = record;
  return {
    securedAndKept: isSecuredAndKept(record),
    findingsLeft: findings.after,
    edits: edits ?? 0,
    transitions: transitions ?? 0,
    tokens: (tokens?.prompt ?? 0) + (tokens?.completion ?? 0),
  };
}
