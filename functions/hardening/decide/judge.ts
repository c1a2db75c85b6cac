import { doesCompile, isBetter, isGoalReached, type Judged, reasonsAgainst } from '#domain/acceptance.ts';
import type { Edits } from '#domain/edit-plan.ts';
import { InvalidInputError } from '#domain/errors.ts';
import { AnalysisSchema } from '#domain/finding.ts';
import type { Attempt } from '#domain/history.ts';
import type { LoopState, MachineDocument, PlanOutput } from '#domain/loop-state.ts';
import { analysisKey } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import { changedLines } from '../changed-lines.ts';
import { atGgansWord, leadingEdits } from '../leading-edits.ts';

/** What was decided about one candidate. */
export type Judgement = {
  outcome: Attempt['outcome'];
  reasons: string[];
  /** The candidate becomes the best. */
  isNewBest: boolean;
  /** Nothing is left to do: no counted finding, and the code compiles. */
  goal: boolean;
};

/** The judgement where nothing new is there to be judged, and why. */
export function noChange(reasons: string[] = []): Judgement {
  return { outcome: 'no-change', reasons, isNewBest: false, goal: false };
}

/** Judges the candidate of this attempt against the original and the best; `tried` led from the base to it. */
export async function judge(
  document: MachineDocument,
  plan: PlanOutput,
  tried: Edits,
  services: Stores,
): Promise<Judgement> {
  const { state, gates, checks } = document;
  if (!gates) throw new InvalidInputError('Decide needs the answer of Verify for a changed candidate');
  const { policy } = state.settings;
  const code = await services.blobStore.get(state.originalKey);
  const hardened = {
    [state.bestKey]: atGgansWord(await leadingEdits(state.acceptedEditsKey, services)),
    [plan.candidateKey]: atGgansWord(await leadingEdits(plan.baseEditsKey, services), tried),
  };
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

  const reasons = reasonsAgainst(original, candidate, { ...gates, ...checks }, policy);
  if (reasons.length > 0) return { outcome: 'rejected', reasons, isNewBest: false, goal: false };
  if (!isBetter(candidate, better ?? original, policy)) {
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
