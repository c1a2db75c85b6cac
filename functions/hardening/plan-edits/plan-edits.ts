import { countedFindings } from '#domain/acceptance.ts';
import type { EditPlan, PlannedEdit } from '#domain/edit-plan.ts';
import { type Analysis, AnalysisSchema, type Finding } from '#domain/finding.ts';
import type { History } from '#domain/history.ts';
import type { LoopState, PlanOutput, StopReason } from '#domain/loop-state.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { Assessment, RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from '../history-blob.ts';
import { runsBehavior } from '../run-programs/runs-behavior.ts';
import { askedByAnalyzer, mendingEdit } from './found-edits.ts';
import { joinProposals, markShared } from './proposed-edits.ts';

export type PlanEditsInput = { state: LoopState };

/** What the step uses of the outside. */
export type PlanServices = Stores & { riskModel: RiskModel };

/**
 * Plans the next edits on the best candidate from its counted findings, its compile error and what the gGAN
 * says of it, less the edits that were settled before. Asks for the report where nothing is left to try, or the
 * run was told to stop. Rejects with GganUnavailableError where the run wants the gGAN and it cannot be used.
 */
export async function planEdits({ state }: PlanEditsInput, services: PlanServices): Promise<PlanOutput> {
  const started = performance.now();
  const stopped = await stopReason(state, services);
  const analyses = await readAnalyses(services.blobStore, state);
  const history = await readHistory(services.blobStore, state.runId);
  const open = countedFindings(analyses, state.settings.policy);
  const code = state.settings.ggan && stopped === null ? await readCode(services.blobStore, state) : null;
  const assessment = code === null ? null : await services.riskModel.assess(code);
  const edits =
    stopped === null ? plannable({ analyses, open, history, code, assessment, mode: state.mode }) : [];

  const keys = runKeys(state.runId);
  const planKey = keys.plan(state.attempt);
  const editsKey = keys.edits(state.attempt);
  const risk = assessment !== null && 'map' in assessment ? assessment.map : null;
  await writeJson(services.blobStore, planKey, { edits, risk } satisfies EditPlan);
  await services.runStore.recordProgress(state.runId, { step: 'PlanEdits', iteration: state.iteration });

  return {
    next: edits.length > 0 ? 'apply' : 'report',
    stopped,
    open: open.length,
    planned: edits.length,
    planKey,
    candidateKey: keys.candidate(state.attempt),
    editsKey,
    gatesKey: keys.gates(state.attempt),
    runsPrograms: state.testsKey !== null || runsBehavior(state.settings),
    checksKey: keys.checks(state.attempt),
    declaredKeys: state.acceptedEditsKey === null ? [editsKey] : [state.acceptedEditsKey, editsKey],
    ms: performance.now() - started,
  };
}

async function stopReason(state: LoopState, { runStore }: Stores): Promise<StopReason | null> {
  if (await runStore.isCancelRequested(state.runId)) return 'cancelled';
  const seconds = (Date.now() - Date.parse(state.startedAt)) / 1000;
  return seconds > state.settings.maxSeconds ? 'out-of-time' : null;
}

function readAnalyses(blobStore: BlobStore, state: LoopState): Promise<Analysis[]> {
  const { analyzers } = state.settings;
  return Promise.all(
    analyzers.map((analyzer) => readJson(blobStore, analysisKey(state.bestKey, analyzer), AnalysisSchema)),
  );
}

async function readCode(blobStore: BlobStore, state: LoopState): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await blobStore.get(state.bestKey));
}

type Known = {
  analyses: readonly Analysis[];
  open: readonly Finding[];
  history: History;
  code: string | null;
  assessment: Assessment | null;
  mode: LoopState['mode'];
};

function plannable({ analyses, open, history, code, assessment, mode }: Known): PlannedEdit[] {
  const settled = new Set(history.attempts.flatMap((attempt) => attempt.settledEdits));
  const found = [...mendingEdit(analyses), ...askedByAnalyzer(open)];
  const proposals = assessment !== null && 'proposals' in assessment ? assessment.proposals : [];
  const all = [...markShared(found, proposals), ...joinProposals(found, proposals, code ?? '')];
  const edits = all.filter((edit) => !settled.has(edit.id));
  return mode === 'singly' ? edits.slice(0, 1) : edits;
}
