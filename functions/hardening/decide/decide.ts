import { doesCompile, isBetter, isGoalReached, type Judged, reasonsAgainst } from '#domain/acceptance.ts';
import { type Edits, EditsSchema } from '#domain/edit-plan.ts';
import { InvalidInputError } from '#domain/errors.ts';
import { AnalysisSchema } from '#domain/finding.ts';
import type { Attempt } from '#domain/history.ts';
import type { DecideOutput, LoopState, MachineDocument, PlanOutput } from '#domain/loop-state.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import { changedLines } from '../changed-lines.ts';
import { recordAttempt } from '../history-blob.ts';
import { isProposed } from '../plan-edits/proposed-edits.ts';

/** What was decided about one candidate. */
type Judgement = {
  outcome: Attempt['outcome'];
  reasons: string[];
  /** The candidate becomes the best. */
  isNewBest: boolean;
  /** Nothing is left to do: no counted finding, and the code compiles. */
  goal: boolean;
};

/**
 * Accepts or rejects the candidate, keeps the best and says where the loop goes on.
 * A rejected candidate with several edits is taken apart: what analyzers asked for is tried without what only the
 * gGAN asked for, then one edit after the other, so that only the guilty one is lost.
 */
export async function decide(document: MachineDocument, services: Stores): Promise<DecideOutput> {
  const { state, plan, edits } = document;
  if (!plan || !edits) throw new InvalidInputError('Decide needs the answers of PlanEdits and ApplyEdits');
  const tried = await readJson(services.blobStore, plan.editsKey, EditsSchema);
  const judgement = edits.changed ? await judge(document, plan, tried, services) : NO_CHANGE;

  await recordAttempt(services.blobStore, state.runId, {
    iteration: state.iteration,
    attempt: state.attempt,
    candidateKey: plan.candidateKey,
    editsKey: plan.editsKey,
    gatesKey: plan.gatesKey,
    checksKey: document.checks ? plan.checksKey : null,
    outcome: judgement.outcome,
    reasons: judgement.reasons,
    settledEdits: settled(tried, judgement, state.mode),
    ms: times(document),
  });
  const acceptedEditsKey = judgement.isNewBest
    ? await acceptEdits(state, tried, services)
    : state.acceptedEditsKey;
  return nextState(state, { ...judgement, acceptedEditsKey, plan, tried });
}

const NO_CHANGE: Judgement = { outcome: 'no-change', reasons: [], isNewBest: false, goal: false };

async function judge(
  document: MachineDocument,
  plan: PlanOutput,
  tried: Edits,
  services: Stores,
): Promise<Judgement> {
  const { state, gates, checks } = document;
  if (!gates) throw new InvalidInputError('Decide needs the answer of Verify for a changed candidate');
  const { policy } = state.settings;
  const code = await services.blobStore.get(state.originalKey);
  const before = await acceptedEdits(state, services);
  const hardened = { [state.bestKey]: atGgansWord(before), [plan.candidateKey]: atGgansWord(before, tried) };
  const read = async (key: BlobKey) => ({
    ...(await readJudged(key, code, state, services)),
    hardened: hardened[key] ?? 0,
  });
  const isFirst = state.bestKey === state.originalKey;
  const [original, candidate, better] = await Promise.all([
    read(state.originalKey),
    read(plan.candidateKey),
    isFirst ? null : read(state.bestKey),
  ]);
  const best = better ?? original;

  const reasons = reasonsAgainst(original, candidate, { ...gates, ...checks }, policy);
  if (reasons.length > 0) return { outcome: 'rejected', reasons, isNewBest: false, goal: false };
  if (!isBetter(candidate, best, policy)) {
    return { outcome: 'accepted', reasons: ['it leaves as many findings'], isNewBest: false, goal: false };
  }
  return {
    outcome: 'accepted',
    reasons: [],
    isNewBest: true,
    goal: isGoalReached(candidate.analyses, policy) && doesCompile(candidate.analyses),
  };
}

async function readJudged(
  codeKey: BlobKey,
  original: Uint8Array,
  state: LoopState,
  { blobStore }: Stores,
): Promise<Omit<Judged, 'hardened'>> {
  const [code, ...analyses] = await Promise.all([
    codeKey === state.originalKey ? original : blobStore.get(codeKey),
    ...state.settings.analyzers.map((analyzer) =>
      readJson(blobStore, analysisKey(codeKey, analyzer), AnalysisSchema),
    ),
  ]);
  return { analyses, changedLines: changedLines(original, code) };
}

/**
 * Edits that need not be planned again. One that only waits for another edit is not among them,
 * unless it was tried alone: then waiting would never end.
 */
function settled(tried: Edits, judgement: Judgement, mode: LoopState['mode']): string[] {
  const declined = tried.declined.filter((edit) => mode === 'singly' || !edit.retry).map((edit) => edit.id);
  const applied = tried.applied.map((edit) => edit.id);
  const isGuiltKnown = judgement.outcome === 'accepted' || applied.length === 1;
  return !judgement.isNewBest && isGuiltKnown ? [...declined, ...applied] : declined;
}

/** How many of the edits no analyzer and no compiler asked for. */
function atGgansWord(...edits: Pick<Edits, 'applied'>[]): number {
  return edits.flatMap(({ applied }) => applied).filter(({ source }) => source === 'ggan').length;
}

/** The edits that led to the best candidate. */
async function acceptedEdits({ acceptedEditsKey }: LoopState, { blobStore }: Stores): Promise<Edits> {
  return acceptedEditsKey === null
    ? { applied: [], declined: [] }
    : await readJson(blobStore, acceptedEditsKey, EditsSchema);
}

async function acceptEdits(state: LoopState, tried: Edits, services: Stores): Promise<BlobKey> {
  const before = await acceptedEdits(state, services);
  const key = runKeys(state.runId).accepted(state.attempt);
  await writeJson(services.blobStore, key, {
    applied: [...before.applied, ...tried.applied],
    declined: [],
  } satisfies Edits);
  return key;
}

function nextState(
  state: LoopState,
  judged: Judgement & { acceptedEditsKey: BlobKey | null; plan: PlanOutput; tried: Edits },
): DecideOutput {
  const mode = nextMode(state.mode, judged);
  const isTogether = mode === 'together';
  const isProgress = judged.isNewBest || !isTogether;
  const isSpent = isTogether && state.iteration >= state.settings.maxIterations;
  const isOver = judged.goal && !mayHarden(state, mode, judged.tried);
  return {
    next: isOver || !isProgress || isSpent ? 'report' : 'plan',
    state: {
      ...state,
      bestKey: judged.isNewBest ? judged.plan.candidateKey : state.bestKey,
      acceptedEditsKey: judged.acceptedEditsKey,
      iteration: isTogether ? state.iteration + 1 : state.iteration,
      mode,
      attempt: state.attempt + 1,
    },
  };
}

/** Of a rejected candidate the edits that only the gGAN asked for are left out first. */
function nextMode(
  mode: LoopState['mode'],
  { outcome, tried: { applied } }: Judgement & { tried: Edits },
): LoopState['mode'] {
  if (outcome !== 'rejected' || applied.length < 2) return mode === 'together' ? mode : 'singly';
  const proposed = atGgansWord({ applied });
  return mode === 'together' && proposed > 0 && proposed < applied.length ? 'found' : 'singly';
}

/** Where no finding is left, edits that only the gGAN asks for may not have had their turn yet. */
function mayHarden({ settings }: LoopState, mode: LoopState['mode'], { declined }: Edits): boolean {
  return settings.ggan && (mode !== 'together' || declined.some(({ id, retry }) => retry && isProposed(id)));
}

function times({
  analyses = [],
  reanalyses = [],
  plan,
  edits,
  gates,
  checks,
}: MachineDocument): Attempt['ms'] {
  return {
    analyze: [...analyses, ...reanalyses].reduce((sum, { ms }) => sum + ms, 0),
    planEdits: plan?.ms ?? 0,
    applyEdits: edits?.ms ?? 0,
    verify: (gates?.ms ?? 0) + (checks?.ms ?? 0),
  };
}
