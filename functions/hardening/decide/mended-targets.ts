import type { Edits } from '#domain/edit-plan.ts';
import type { PlanOutput } from '#domain/loop-state.ts';
import type { Proposal } from '#domain/risk.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import type { RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';

/**
 * The edits of a model less the targets at the gGAN's word that the gGAN would still change: only what is mended
 * may count in a candidate's favor. Rejects with GganUnavailableError where it has to be asked and cannot.
 */
export async function keepMendedTargets(
  edits: Edits,
  plan: PlanOutput,
  services: Stores & { riskModel: RiskModel },
): Promise<Edits> {
  if (!edits.repaired.some(({ targets }) => targets.some(({ source }) => source === 'ggan'))) return edits;
  const before = await countProposals(plan.baseKey, services);
  const after = await countProposals(plan.candidateKey, services);
  // The places in a function are told apart by nothing that survives a rewrite, so they are counted by operator.
  const mended = new Map([...before].map(([kind, count]) => [kind, count - (after.get(kind) ?? 0)]));
  // What is new elsewhere takes as much away again.
  let credit = sum(before) - sum(after);
  const isMended = (kind: string): boolean => {
    const left = mended.get(kind) ?? 0;
    if (left <= 0 || credit <= 0) return false;
    mended.set(kind, left - 1);
    credit -= 1;
    return true;
  };
  return {
    ...edits,
    repaired: edits.repaired.map((part) => ({
      ...part,
      targets: part.targets.filter(({ source, operator }) => source !== 'ggan' || isMended(operator ?? '')),
    })),
  };
}

function sum(counts: Map<string, number>): number {
  return [...counts.values()].reduce((all, count) => all + count, 0);
}

async function countProposals(
  codeKey: BlobKey,
  { blobStore, riskModel }: Pick<Stores, 'blobStore'> & { riskModel: RiskModel },
): Promise<Map<string, number>> {
  const bytes = await blobStore.get(codeKey);
  const assessment = await riskModel.assess(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const counts = new Map<string, number>();
  for (const { operator } of 'proposals' in assessment ? assessment.proposals : ([] as Proposal[])) {
    counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return counts;
}
