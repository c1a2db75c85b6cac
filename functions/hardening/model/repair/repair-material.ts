import { z } from 'zod';
import { countedFindings } from '#domain/acceptance.ts';
import { type EditPlan, EditPlanSchema } from '#domain/edit-plan.ts';
import { NotFoundError } from '#domain/errors.ts';
import { AnalysisSchema, type Finding } from '#domain/finding.ts';
import type { LoopState, PlanOutput } from '#domain/loop-state.ts';
import { mechanisms, type RepairKind } from '#domain/mechanism.ts';
import { type Excerpt, ExcerptSchema } from '#domain/repair.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from '../../history-blob.ts';
import { reasonsAgainstAttempt } from '../../reasons-against.ts';

/** All that a prompt for a repair is made of. */
export type RepairMaterial = {
  kind: RepairKind;
  code: string;
  excerpt: Excerpt;
  plan: Pick<EditPlan, 'targets' | 'flows'>;
  /** The counted findings in the code. */
  findings: Finding[];
  /** Why the model's last answer was not accepted. */
  reasons: string[];
  /** Where a model's description of the code is kept, and what it is; null while there is none. */
  descriptionKey: BlobKey;
  description: string | null;
};

const DescriptionSchema = z.object({ description: z.string() });

/** Reads what the steps before left. Rejects with StoreUnavailableError. */
export async function gatherRepairMaterial(
  state: LoopState,
  plan: PlanOutput,
  { blobStore }: Pick<Stores, 'blobStore'>,
): Promise<RepairMaterial> {
  const { settings, runId } = state;
  const bytes = await blobStore.get(plan.baseKey);
  const analyses = await Promise.all(
    settings.analyzers.map((analyzer) =>
      readJson(blobStore, analysisKey(plan.baseKey, analyzer), AnalysisSchema),
    ),
  );
  const descriptionKey = runKeys(runId).description(state.attempt);
  return {
    kind: mechanisms[settings.mechanism].repair ?? 'optimized',
    code: new TextDecoder().decode(bytes),
    excerpt: await readJson(blobStore, plan.excerptKey, ExcerptSchema),
    plan: await readJson(blobStore, plan.planKey, EditPlanSchema),
    findings: countedFindings(analyses, settings.policy),
    reasons: await lastReasons(state, blobStore),
    descriptionKey,
    description: await readDescription(descriptionKey, blobStore),
  };
}

async function lastReasons({ runId }: LoopState, blobStore: Stores['blobStore']): Promise<string[]> {
  const { attempts } = await readHistory(blobStore, runId);
  const last = attempts.findLast(({ by }) => by === 'model');
  return last?.outcome === 'rejected' ? reasonsAgainstAttempt(last, blobStore) : [];
}

async function readDescription(key: BlobKey, blobStore: Stores['blobStore']): Promise<string | null> {
  try {
    return (await readJson(blobStore, key, DescriptionSchema)).description;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
