import { countedFindings } from '#domain/acceptance.ts';
import { type EditPlan, EditsSchema, type PlannedEdit } from '#domain/edit-plan.ts';
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
import { isProposed, MAX_PROPOSED_EDITS, markShared, proposedEdits } from './proposed-edits.ts';

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
  const asked = stopped === null && state.settings.ggan ? await askGgan(state, services) : null;
  const edits = stopped === null ? plannable({ analyses, open, history, asked, mode: state.mode }) : [];

  const keys = runKeys(state.runId);
  const planKey = keys.plan(state.attempt);
  const editsKey = keys.edits(state.attempt);
  // Only what is said of the original is shown.
  const said = state.bestKey === state.originalKey ? asked?.assessment : null;
  await writeJson(services.blobStore, planKey, { edits, ...riskOf(said ?? null) } satisfies EditPlan);
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

type Asked = {
  assessment: Assessment;
  code: string;
  /** Edits at the gGAN's word that led to the best candidate. */
  accepted: number;
};

async function askGgan(state: LoopState, { blobStore, riskModel }: PlanServices): Promise<Asked> {
  const bytes = await blobStore.get(state.bestKey);
  const code = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const { acceptedEditsKey } = state;
  const accepted = acceptedEditsKey ? await readJson(blobStore, acceptedEditsKey, EditsSchema) : null;
  return {
    assessment: await riskModel.assess(code),
    code,
    accepted: accepted?.applied.filter(({ source }) => source === 'ggan').length ?? 0,
  };
}

function riskOf(said: Assessment | null): Omit<EditPlan, 'edits'> {
  if (said === null) return { risk: null, unassessed: null };
  return 'map' in said ? { risk: said.map, unassessed: null } : { risk: null, unassessed: said.unassessed };
}

type Known = {
  analyses: readonly Analysis[];
  open: readonly Finding[];
  history: History;
  asked: Asked | null;
  mode: LoopState['mode'];
};

function plannable({ analyses, open, history, asked, mode }: Known): PlannedEdit[] {
  const settled = new Set(history.attempts.flatMap((attempt) => attempt.settledEdits));
  const found = [...mendingEdit(analyses), ...askedByAnalyzer(open)];
  const proposals = asked && 'proposals' in asked.assessment ? asked.assessment.proposals : [];
  const proposed = proposedEdits(found, proposals, asked?.code ?? '').filter(({ id }) => !settled.has(id));
  const room = MAX_PROPOSED_EDITS - (asked?.accepted ?? 0) - [...settled].filter(isProposed).length;
  const due = markShared(found, proposals).filter(({ id }) => !settled.has(id));
  const all = [...due, ...proposed.slice(0, Math.max(0, room))];
  if (mode === 'together') return all;
  return mode === 'found' && due.length > 0 ? due : all.slice(0, 1);
}
