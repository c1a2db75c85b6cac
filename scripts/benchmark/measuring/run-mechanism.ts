import type { Arm, BenchmarkRecord } from '#domain/benchmark-record.ts';
import { NotFoundError } from '#domain/errors.ts';
import { type Analysis, AnalysisSchema, type AnalyzerName } from '#domain/finding.ts';
import type { Lights } from '#domain/gates.ts';
import type { Report } from '#domain/report.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import { hardenCode } from '#hardening/harden-code.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { meantByEdits } from '#hardening/run-programs/meant-differences.ts';
import type { ModelConnection } from '#ports/code-model/code-model.ts';
import { readJson } from '#ports/json-blob.ts';
import { settingsOf } from '../arms.ts';
import type { Item, ItemSettings } from '../item-messages.ts';
import { watchTree } from '../process-tree.ts';
import { type ArmResult, cwesOf } from './arm-result.ts';
import type { MeasuredModel } from './measured-model.ts';
import { modelFigures } from './model-figures.ts';

const encoder = new TextEncoder();

/** No model can be asked any more; what was measured of the item says nothing of its mechanism. */
export class ModelOutage extends Error {
  override name = 'ModelOutage';
}

export type MechanismTools = {
  services: RunServices;
  /** The models of all arms, with their keys. */
  models: readonly ModelConnection[];
  /** The model behind a file of calls. */
  modelOf(callsFile: string): MeasuredModel;
};

/**
 * Hardens the program by the arm's mechanism, as `sgcode harden` does, and tells what came of it and what it took.
 * Rejects with ModelOutage.
 */
export async function runMechanism(
  { services, models, modelOf }: MechanismTools,
  { program, code, arm, calls }: Item,
  settings: ItemSettings,
): Promise<ArmResult> {
  let transitions = 0;
  const measured = calls === null ? null : modelOf(calls);
  const connection = models.find((each) => each.settings.name === arm.model) ?? null;
  measured?.takeUse();
  const watch = watchTree();
  const report = await hardenCode(
    measured === null ? services : { ...services, codeModel: measured.codeModel },
    {
      path: program,
      code,
      settings: { ...settings, ...settingsOf(arm.name), models: { general: connection?.settings ?? null } },
      ...(connection?.apiKey == null ? {} : { apiKeys: { general: connection.apiKey } }),
    },
    {
      onState: () => {
        transitions += 1;
      },
    },
  );
  const resources = watch.stop();
  const use = measured?.takeUse() ?? null;
  const keys = runKeys(report.runId);
  const inputAnalyses = await readAnalyses(services, keys.original, settings.analyzers);
  // The scratch store of a long benchmark would else grow without end.
  await services.blobStore.deletePrefix(keys.prefix);
  if (use?.outage) throw new ModelOutage(use.outage);
  const isRefused = report.analyzers.length === 0 && inputAnalyses.length === 0;
  return {
    ...reportFigures(report, arm),
    ...(use === null || connection === null ? {} : modelFigures(report, arm, use, connection.settings)),
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
  const { findings, secured, edits, repaired, gates } = report;
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
    modelCalls: null,
    tokens: null,
    costUsd: null,
    ms: timesOf(report, arm),
    meant: meantByEdits([...edits, ...repaired]),
  };
}

function timesOf({ ms }: Report, { usesGgan }: Arm): BenchmarkRecord['ms'] {
  return {
    total: ms.total,
    // Where the network has a part in it, planning is little else.
    ggan: usesGgan ? ms.planEdits : null,
    analysis: ms.analyze,
    model: null,
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
