import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import { NotFoundError } from '#domain/errors.ts';
import { type Analysis, AnalysisSchema, type AnalyzerName } from '#domain/finding.ts';
import type { Lights } from '#domain/gates.ts';
import type { Report } from '#domain/report.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import { hardenCode } from '#hardening/harden-code.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { meantByEdits } from '#hardening/run-programs/meant-differences.ts';
import { readJson } from '#ports/json-blob.ts';
import { settingsOf } from '../arms.ts';
import type { Item, ItemSettings } from '../item-messages.ts';
import { watchTree } from '../process-tree.ts';
import { type ArmResult, cwesOf } from './arm-result.ts';

const encoder = new TextEncoder();

/** Hardens the program by the arm's mechanism, as `sgcode harden` does, and tells what came of it and what it took. */
export async function runMechanism(
  services: RunServices,
  { program, code, arm }: Item,
  settings: ItemSettings,
): Promise<ArmResult> {
  let transitions = 0;
  const use = watchTree();
  const report = await hardenCode(
    services,
    { path: program, code, settings: { ...settings, ...settingsOf(arm.name) } },
    {
      onState: () => {
        transitions += 1;
      },
    },
  );
  const resources = use.stop();
  const keys = runKeys(report.runId);
  const inputAnalyses = await readAnalyses(services, keys.original, settings.analyzers);
  // The scratch store of a long benchmark would else grow without end.
  await services.blobStore.deletePrefix(keys.prefix);
  const isRefused = report.analyzers.length === 0 && inputAnalyses.length === 0;
  return {
    ...reportFigures(report, arm),
    code: isRefused ? code : encoder.encode(report.secured.code),
    inputAnalyses,
    transitions,
    resources,
  };
}

function reportFigures(
  report: Report,
  arm: Arm,
): Omit<ArmResult, 'code' | 'inputAnalyses' | 'transitions' | 'resources'> {
  const { findings, secured, edits, gates } = report;
  return {
    verdict: report.verdict,
    reason: report.reason,
    gates: Object.fromEntries(Object.entries(gates).map(([name, { light }]) => [name, light])) as Lights,
    findings: {
      before: findings.before,
      after: findings.after,
      introduced: findings.introduced,
      cwesLeft: cwesOf(secured.findings.filter(({ counted }) => counted)),
    },
    edits: edits.length,
    editsByOperator: countBy(edits.map(({ operator }) => operator)),
    iterations: report.iterations,
    modelCalls: arm.usesModel ? report.modelCalls : null,
    tokens: arm.usesModel ? report.tokens : null,
    costUsd: arm.usesModel ? report.costUsd : null,
    ms: timesOf(report, arm),
    meant: meantByEdits(edits),
  };
}

function timesOf({ ms }: Report, { usesModel, usesGgan }: Arm): BenchmarkRecord['ms'] {
  return {
    total: ms.total,
    // Where the network has a part in it, planning is little else.
    ggan: usesGgan ? ms.planEdits : null,
    analysis: ms.analyze,
    model: usesModel ? ms.generate + ms.repair : null,
    edits: usesGgan ? ms.applyEdits : ms.planEdits + ms.applyEdits,
    gates: ms.verify,
    communication: ms.communication,
    behaviorCheck: null,
  };
}

async function readAnalyses(
  { blobStore }: RunServices,
  codeKey: string,
  analyzers: readonly AnalyzerName[],
): Promise<Analysis[]> {
  const read = analyzers.map(async (analyzer) => {
    try {
      return [await readJson(blobStore, analysisKey(codeKey, analyzer), AnalysisSchema)];
    } catch (error) {
      // A run whose analysis failed leaves none.
      if (error instanceof NotFoundError) return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
