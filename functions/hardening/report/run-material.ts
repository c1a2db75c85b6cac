import { type EditPlan, EditPlanSchema, type Edits, EditsSchema } from '#domain/edit-plan.ts';
import { NotFoundError } from '#domain/errors.ts';
import { type Analysis, AnalysisSchema } from '#domain/finding.ts';
import { type ProgramGates, ProgramGatesSchema, type StaticGates, StaticGatesSchema } from '#domain/gates.ts';
import type { Attempt, History } from '#domain/history.ts';
import type { LoopState, MachineDocument } from '#domain/loop-state.ts';
import type { Ledger } from '#domain/model-call.ts';
import { StoredPromptSchema } from '#domain/prompt.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from '../history-blob.ts';
import { leadingEdits } from '../leading-edits.ts';
import { reasonsAgainstAttempt } from '../reasons-against.ts';
import { readLedger } from '../spending/read-ledger.ts';

/** What a run left in the stores: everything that its report is made of. */
export type RunMaterial = {
  document: MachineDocument;
  path: string;
  /** Null where code came in. */
  prompt: string | null;
  createdAt: string;
  history: History;
  original: { code: Uint8Array; analyses: Analysis[] };
  best: { code: Uint8Array; analyses: Analysis[] };
  /** Null while the best candidate is the original. */
  gates: StaticGates | null;
  /** Null where the best candidate was not run. */
  checks: ProgramGates | null;
  /** Every call of a model. */
  ledger: Ledger;
  accepted: Edits;
  /** What the gGAN said of the original. */
  said: Pick<EditPlan, 'risk' | 'unassessed'>;
  /** Every candidate's edits by operators, oldest first, and what spoke against them. */
  tried: { edits: Edits; reasons: string[] }[];
};

/** Reads what the steps left, however far they came. Rejects where the run or its code is gone. */
export async function gatherMaterial(
  document: MachineDocument,
  { blobStore, runStore }: Stores,
): Promise<RunMaterial> {
  const { state } = document;
  const run = await runStore.get(null, state.runId);
  if (!run) throw new NotFoundError(`no run ${state.runId}`);
  const history = await readHistory(blobStore, state.runId);
  const best = history.attempts.find((attempt) => attempt.candidateKey === state.bestKey);
  const tried = await Promise.all(
    history.attempts.flatMap((attempt) => {
      const { by, editsKey } = attempt;
      return by === 'operators' && editsKey !== null ? [readTried(editsKey, attempt, blobStore)] : [];
    }),
  );
  return {
    document,
    path: run.path,
    prompt: state.promptKey === null ? null : await readPrompt(state.promptKey, blobStore),
    createdAt: run.createdAt,
    history,
    original: await readCode(state.originalKey, document, blobStore),
    best: await readCode(state.bestKey, document, blobStore),
    gates: best ? await readJson(blobStore, best.gatesKey, StaticGatesSchema) : null,
    checks: best?.checksKey ? await readJson(blobStore, best.checksKey, ProgramGatesSchema) : null,
    ledger: await readLedger({ blobStore, runId: state.runId }),
    accepted: await leadingEdits(state.acceptedEditsKey, { blobStore }),
    said: await readSaid(state.runId, blobStore),
    tried,
  };
}

async function readPrompt(promptKey: BlobKey, blobStore: BlobStore): Promise<string> {
  return (await readJson(blobStore, promptKey, StoredPromptSchema)).prompt;
}

async function readTried(editsKey: BlobKey, attempt: Attempt, blobStore: BlobStore) {
  return {
    edits: await readJson(blobStore, editsKey, EditsSchema),
    reasons: await reasonsAgainstAttempt(attempt, blobStore),
  };
}

/** The first plan is one of the original. */
async function readSaid(runId: string, blobStore: BlobStore): Promise<RunMaterial['said']> {
  try {
    return await readJson(blobStore, runKeys(runId).plan(1), EditPlanSchema);
  } catch (error) {
    if (error instanceof NotFoundError) return { risk: null, unassessed: null };
    throw error;
  }
}

async function readCode(codeKey: BlobKey, { state }: MachineDocument, blobStore: BlobStore) {
  const analyses: Analysis[] = [];
  for (const analyzer of state.settings.analyzers) {
    try {
      analyses.push(await readJson(blobStore, analysisKey(codeKey, analyzer), AnalysisSchema));
    } catch (error) {
      // A failed Analyze leaves no analysis; the report then says so instead of failing too.
      if (!(error instanceof NotFoundError)) throw error;
    }
  }
  return { code: await codeAt(codeKey, state, blobStore), analyses };
}

/** Where no code could be generated from a prompt there is none. */
async function codeAt(codeKey: BlobKey, { promptKey }: LoopState, blobStore: BlobStore): Promise<Uint8Array> {
  try {
    return await blobStore.get(codeKey);
  } catch (error) {
    if (promptKey === null || !(error instanceof NotFoundError)) throw error;
    return new Uint8Array();
  }
}

/** The step that failed and why, in words for the user; null when all went well. */
export function failureOf({ failure, generated }: MachineDocument): { step: string; message: string } | null {
  const [entry] = Object.entries(failure ?? {});
  if (!entry) {
    // Without code there is nothing that the run could go on with.
    return generated?.next === 'none' ? { step: 'Generate', message: generated.reason ?? 'no code' } : null;
  }
  const [step, { Error: name, Cause: cause }] = entry;
  return { step, message: causeMessage(cause) ?? name };
}

function causeMessage(cause: string | undefined): string | undefined {
  if (cause === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) {
      return String(parsed.errorMessage);
    }
  } catch {
    // Locally the cause is the message itself.
  }
  return cause;
}
