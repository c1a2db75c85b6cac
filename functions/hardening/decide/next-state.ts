import type { Edits } from '#domain/edit-plan.ts';
import type { DecideOutput, LoopState, PlanOutput } from '#domain/loop-state.ts';
import { mechanisms } from '#domain/mechanism.ts';
import { modelFor } from '#domain/model-choice.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { atGgansWord } from '../leading-edits.ts';
import { isProposed } from '../plan-edits/proposed-edits.ts';
import type { Judgement } from './judge.ts';

type Decided = Judgement & { acceptedEditsKey: BlobKey | null; plan: PlanOutput; tried: Edits };

type Following = Pick<DecideOutput, 'next' | 'state'>;

/** Where the loop goes on after a judgement, and with what. */
export function nextState(state: LoopState, judged: Decided): Following {
  const best = {
    ...state,
    bestKey: judged.isNewBest ? judged.plan.candidateKey : state.bestKey,
    acceptedEditsKey: judged.acceptedEditsKey,
    attempt: state.attempt + 1,
  };
  return judged.plan.next === 'repair' ? afterRepair(best, judged) : afterEdits(best, judged);
}

/** A model's try ends the iteration; one that changed nothing would end the next one the same way. */
function afterRepair(state: LoopState, judged: Decided): Following {
  const isOver =
    judged.goal || judged.outcome === 'no-change' || state.iteration >= state.settings.maxIterations;
  const { operators } = mechanisms[state.settings.mechanism];
  return {
    next: isOver ? 'report' : 'plan',
    state: {
      ...state,
      iteration: state.iteration + 1,
      turn: operators && judged.isNewBest ? 'edits' : 'repair',
    },
  };
}

function afterEdits(state: LoopState, judged: Decided): Following {
  const mode = nextMode(state.mode, judged);
  const isTogether = mode === 'together';
  const isOver = judged.goal && !mayHarden(state, mode, judged.tried);
  if (mayBeRepaired(state)) {
    // The operators go on while they get further; then it is the model's turn, in the same iteration.
    const turn = judged.isNewBest || !isTogether ? 'edits' : 'repair';
    return { next: isOver ? 'report' : 'plan', state: { ...state, mode, turn } };
  }
  const isProgress = judged.isNewBest || !isTogether;
  const isSpent = isTogether && state.iteration >= state.settings.maxIterations;
  return {
    next: isOver || !isProgress || isSpent ? 'report' : 'plan',
    state: { ...state, iteration: isTogether ? state.iteration + 1 : state.iteration, mode },
  };
}

function mayBeRepaired({ settings }: LoopState): boolean {
  return modelFor(settings, 'repair') !== null;
}

/** Of a rejected candidate the edits that only the gGAN asked for are left out first. */
function nextMode(
  mode: LoopState['mode'],
  { outcome, tried: { applied } }: Judgement & { tried: Edits },
): LoopState['mode'] {
  if (outcome !== 'rejected' || applied.length < 2) return mode === 'together' ? mode : 'singly';
  const proposed = atGgansWord({ applied, repaired: [] });
  return mode === 'together' && proposed > 0 && proposed < applied.length ? 'found' : 'singly';
}

/** Where no finding is left, edits that only the gGAN asks for may not have had their turn yet. */
function mayHarden({ settings }: LoopState, mode: LoopState['mode'], { declined }: Edits): boolean {
  return settings.ggan && (mode !== 'together' || declined.some(({ id, retry }) => retry && isProposed(id)));
}
