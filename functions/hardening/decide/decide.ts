import { type Edits, EditsSchema } from '#domain/edit-plan.ts';
import { InvalidInputError } from '#domain/errors.ts';
import type { Attempt } from '#domain/history.ts';
import type { DecideOutput, LoopState, MachineDocument, PlanOutput } from '#domain/loop-state.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson } from '#ports/json-blob.ts';
import type { RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';
import { recordAttempt } from '../history-blob.ts';
import { keepLeadingEdits, noEdits } from '../leading-edits.ts';
import { recordEvents } from '../run-events.ts';
import { judgementWords, triedWords } from './decision-words.ts';
import { type Judgement, judge, noChange } from './judge.ts';
import { keepMendedTargets } from './mended-targets.ts';
import { nextState } from './next-state.ts';

/** What the step uses of the outside. */
export type DecideServices = Stores & { riskModel: RiskModel };

/**
 * Accepts or rejects the candidate, keeps the best and says where the loop goes on.
 * A rejected candidate with several edits is taken apart: what analyzers asked for is tried without what only the
 * gGAN asked for, then one edit after the other, so that only the guilty one is lost.
 */
export async function decide(document: MachineDocument, services: DecideServices): Promise<DecideOutput> {
  const { state, plan } = document;
  if (!plan) throw new InvalidInputError('Decide needs the answer of PlanEdits');
  const { tried, judgement, editsKey } =
    plan.next === 'repair'
      ? await judgeRepair(document, plan, services)
      : await judgeEdits(document, plan, services);

  await recordAttempt(services.blobStore, state.runId, {
    iteration: state.iteration,
    attempt: state.attempt,
    by: plan.next === 'repair' ? 'model' : 'operators',
    candidateKey: plan.candidateKey,
    editsKey,
    gatesKey: plan.gatesKey,
    checksKey: document.checks ? plan.checksKey : null,
    outcome: judgement.outcome,
    reasons: judgement.reasons,
    settledEdits: settled(tried, judgement, state.mode),
    ms: times(document),
  });
  await recordEvents(services, state, [
    ...(editsKey === null
      ? []
      : [{ step: plan.next === 'repair' ? 'PutBack' : 'ApplyEdits', note: triedWords(tried) }]),
    { step: 'Decide', note: judgementWords(judgement) },
  ]);
  const leadingKey =
    judgement.outcome === 'no-change' ? null : await keepLeadingEdits(state, plan, tried, services);
  const acceptedEditsKey = judgement.isNewBest ? leadingKey : state.acceptedEditsKey;
  const { next, state: following } = nextState(state, { ...judgement, acceptedEditsKey, plan, tried });
  return { next, state: following, stopped: document.repair?.stopped ?? null };
}

type Judged = { tried: Edits; judgement: Judgement; editsKey: BlobKey | null };

async function judgeEdits(
  document: MachineDocument,
  plan: PlanOutput,
  services: DecideServices,
): Promise<Judged> {
  const { edits } = document;
  if (!edits) throw new InvalidInputError('Decide needs the answer of ApplyEdits');
  const tried = await readJson(services.blobStore, plan.editsKey, EditsSchema);
  const judgement = edits.changed ? await judge(document, plan, tried, services) : noChange();
  return { tried, judgement, editsKey: plan.editsKey };
}

async function judgeRepair(
  document: MachineDocument,
  plan: PlanOutput,
  services: DecideServices,
): Promise<Judged> {
  const { repair, putBack } = document;
  if (repair?.next !== 'answer' || !putBack) {
    return { tried: noEdits, judgement: noChange(repair?.reason ? [repair.reason] : []), editsKey: null };
  }
  const answered = await readJson(services.blobStore, plan.editsKey, EditsSchema);
  if (putBack.outcome !== 'changed') {
    return { tried: answered, judgement: noChange(['the model changed nothing']), editsKey: plan.editsKey };
  }
  const tried = await keepMendedTargets(answered, plan, services);
  return { tried, judgement: await judge(document, plan, tried, services), editsKey: plan.editsKey };
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

function times(document: MachineDocument): Attempt['ms'] {
  const { analyses = [], reanalyses = [], plan, edits, excerpt, repair, putBack, gates, checks } = document;
  return {
    analyze: [...analyses, ...reanalyses].reduce((sum, { ms }) => sum + ms, 0),
    planEdits: plan?.ms ?? 0,
    applyEdits: edits?.ms ?? 0,
    repair: (excerpt?.ms ?? 0) + (repair?.ms ?? 0) + (putBack?.ms ?? 0),
    verify: (gates?.ms ?? 0) + (checks?.ms ?? 0),
  };
}
