import { countedFindings } from '#domain/acceptance.ts';
import type { EditPlan, PlannedEdit } from '#domain/edit-plan.ts';
import { type Analysis, AnalysisSchema, type Finding } from '#domain/finding.ts';
import type { History } from '#domain/history.ts';
import type { LoopState, PlanOutput, StopReason } from '#domain/loop-state.ts';
import { type MechanismProfile, mechanisms } from '#domain/mechanism.ts';
import { modelFor } from '#domain/model-choice.ts';
import type { RepairTarget } from '#domain/repair.ts';
import type { Flow, Proposal } from '#domain/risk.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { Assessment, RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from '../history-blob.ts';
import { leadingEdits } from '../leading-edits.ts';
import { recordEvents } from '../run-events.ts';
import { runsBehavior } from '../run-programs/runs-behavior.ts';
import { askedByAnalyzer, mendingEdit } from './found-edits.ts';
import { countedWords, plannedWords } from './planned-words.ts';
import { isProposed, MAX_PROPOSED_EDITS, markShared, proposedEdits } from './proposed-edits.ts';
import { repairTargets } from './repair-targets.ts';

export type PlanEditsInput = { state: LoopState };

/** What the step uses of the outside. */
export type PlanServices = Stores & { riskModel: RiskModel };

/**
 * Plans what is done next: edits on the best candidate, from its counted findings, its compile error and what the
 * gGAN says of it, less those settled before; else a model's repair where one may be called; else the report.
 * Rejects with GganUnavailableError where the run wants the gGAN and it cannot be used.
 */
export async function planEdits({ state }: PlanEditsInput, services: PlanServices): Promise<PlanOutput> {
  const started = performance.now();
  const { blobStore } = services;
  const profile = mechanisms[state.settings.mechanism];
  const stopped = await stopReason(state, services);
  const history = await readHistory(blobStore, state.runId);
  const base = await baseOf(state, history, profile, blobStore);
  const { baseKey } = base;
  const analyses = await readAnalyses(blobStore, baseKey, state);
  const open = countedFindings(analyses, state.settings.policy);
  const isGganAsked = stopped === null && profile.ggan && state.settings.ggan;
  const asked = isGganAsked ? await askGgan(base, services) : null;
  const known = { analyses, open, history, asked, mode: state.mode };
  const edits = stopped === null && profile.operators && state.turn === 'edits' ? plannable(known) : [];
  const isModelDue = stopped === null && edits.length === 0 && modelFor(state.settings, 'repair') !== null;
  const targets = isModelDue ? repairable(known) : [];

  const keys = runKeys(state.runId);
  // Only what is said of the original is shown.
  const said = baseKey === state.originalKey ? asked?.assessment : null;
  await writeJson(blobStore, keys.plan(state.attempt), {
    edits,
    targets,
    flows: targets.length > 0 ? flowsOf(asked) : [],
    ...riskOf(said ?? null),
  } satisfies EditPlan);
  // What the worker does next cannot tell that it began.
  const step = edits.length > 0 ? 'ApplyEdits' : 'PlanEdits';
  await services.runStore.recordProgress(state.runId, { step, iteration: state.iteration });
  await recordEvents(services, state, [
    ...(state.attempt === 1 ? [{ step: 'Analyze', note: countedWords(open.length) }] : []),
    { step: 'PlanEdits', note: plannedWords(edits.length, targets.length) },
  ]);

  const editsKey = keys.edits(state.attempt);
  const isByModel = targets.length > 0 || history.attempts.some(({ by }) => by === 'model');
  const isCompared = runsBehavior(state.settings, isByModel);
  return {
    next: edits.length > 0 ? 'apply' : targets.length > 0 ? 'repair' : 'report',
    stopped,
    open: open.length,
    planned: edits.length + targets.length,
    ...base,
    ...attemptKeys(state),
    runsBehavior: isCompared,
    runsPrograms: state.testsKey !== null || isCompared,
    declaredKeys: base.baseEditsKey === null ? [editsKey] : [base.baseEditsKey, editsKey],
    ms: performance.now() - started,
  };
}

function attemptKeys({ runId, attempt }: LoopState) {
  const keys = runKeys(runId);
  return {
    planKey: keys.plan(attempt),
    excerptKey: keys.excerpt(attempt),
    answerKey: keys.answer(attempt),
    candidateKey: keys.candidate(attempt),
    editsKey: keys.edits(attempt),
    gatesKey: keys.gates(attempt),
    checksKey: keys.checks(attempt),
  };
}

type Base = Pick<PlanOutput, 'baseKey' | 'baseEditsKey'>;

/** The baselines go on from what the model wrote last, accepted or not: that is how their loops were run. */
async function baseOf(
  state: LoopState,
  { attempts }: History,
  { repair }: MechanismProfile,
  blobStore: BlobStore,
): Promise<Base> {
  const best = { baseKey: state.bestKey, baseEditsKey: state.acceptedEditsKey };
  const last = attempts.at(-1);
  const goesOn = repair === 'findings' || repair === 'rewrite';
  if (!goesOn || last?.by !== 'model' || last.outcome === 'no-change') return best;
  const analyses = await readAnalyses(blobStore, last.candidateKey, state);
  if (analyses.some(({ status }) => status === 'unanalyzable')) return best;
  return { baseKey: last.candidateKey, baseEditsKey: runKeys(state.runId).leading(last.attempt) };
}

async function stopReason(state: LoopState, { runStore }: Stores): Promise<StopReason | null> {
  if (await runStore.isCancelRequested(state.runId)) return 'cancelled';
  const seconds = (Date.now() - Date.parse(state.startedAt)) / 1000;
  return seconds > state.settings.maxSeconds ? 'out-of-time' : null;
}

function readAnalyses(blobStore: BlobStore, codeKey: BlobKey, { settings }: LoopState): Promise<Analysis[]> {
  return Promise.all(
    settings.analyzers.map((analyzer) => readJson(blobStore, analysisKey(codeKey, analyzer), AnalysisSchema)),
  );
}

type Asked = {
  assessment: Assessment;
  code: string;
  /** Edits at the gGAN's word that led to the best candidate. */
  accepted: number;
};

async function askGgan(
  { baseKey, baseEditsKey }: Base,
  { blobStore, riskModel }: PlanServices,
): Promise<Asked> {
  const bytes = await blobStore.get(baseKey);
  const code = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const leading = await leadingEdits(baseEditsKey, { blobStore });
  return {
    assessment: await riskModel.assess(code),
    code,
    accepted: leading.applied.filter(({ source }) => source === 'ggan').length,
  };
}

function riskOf(said: Assessment | null): Pick<EditPlan, 'risk' | 'unassessed'> {
  if (said === null) return { risk: null, unassessed: null };
  return 'map' in said ? { risk: said.map, unassessed: null } : { risk: null, unassessed: said.unassessed };
}

function flowsOf(asked: Asked | null): Flow[] {
  return asked && 'map' in asked.assessment ? asked.assessment.map.flows : [];
}

function proposalsOf(asked: Asked | null): Proposal[] {
  return asked && 'proposals' in asked.assessment ? asked.assessment.proposals : [];
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
  const proposals = proposalsOf(asked);
  const proposed = proposedEdits(found, proposals, asked?.code ?? '').filter(({ id }) => !settled.has(id));
  const room = MAX_PROPOSED_EDITS - (asked?.accepted ?? 0) - [...settled].filter(isProposed).length;
  const due = markShared(found, proposals).filter(({ id }) => !settled.has(id));
  const all = [...due, ...proposed.slice(0, Math.max(0, room))];
  if (mode === 'together') return all;
  return mode === 'found' && due.length > 0 ? due : all.slice(0, 1);
}

/** What a model is to mend. Where the gGAN alone points at something, one try is enough. */
function repairable({ analyses, open, history, asked }: Known): RepairTarget[] {
  const proposals = proposalsOf(asked);
  const wasTried = history.attempts.some(({ by }) => by === 'model');
  const proposed =
    wasTried && open.length === 0 ? [] : proposedEdits(askedByAnalyzer(open), proposals, asked?.code ?? '');
  return repairTargets({ analyses, open, proposals, flows: flowsOf(asked), proposed });
}
