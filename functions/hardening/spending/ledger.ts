import { ConflictError } from '#domain/errors.ts';
import { type Ledger, type ModelCall, spentBy, type Tokens } from '#domain/model-call.ts';
import type { ModelBudget, ModelSettings } from '#domain/model-settings.ts';
import { runKeys } from '#domain/run-keys.ts';
import type { ChatMessage } from '#ports/code-model/code-model.ts';
import { countTokens } from '#ports/count-tokens.ts';
import { writeJson } from '#ports/json-blob.ts';
import { costOf, type Price, priceOf } from '#ports/model-prices/prices.ts';
import { type Account, readLedger } from './read-ledger.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** Marks of roles and ends that a server puts around each message, and before its answer. */
const TOKENS_AROUND_MESSAGE = 8;

/** A call that is about to be made. */
export type PlannedCall = {
  step: ModelCall['step'];
  iteration: number;
  role: ModelCall['role'];
  settings: ModelSettings;
  messages: readonly ChatMessage[];
  /** The most tokens that the answer may have. */
  maxTokens: number;
};

/** A call that may be made: its number in the ledger, and the price that it is settled at. */
export type Reservation = { number: number; price: Price | null };

/** What came of a call. Tokens are null where nobody knows what the server counted: the reservation then stands. */
export type Settlement = {
  status: 'answered' | 'failed';
  /** How the answer ended, or the name of the error. */
  outcome: string;
  tokens: Tokens | null;
  ms: number;
};

/**
 * Writes down the most that a call may cost, before it is made, or says why the budget has no room for it; then
 * nothing is written. A call of an earlier try that was never settled still counts, because the server may have
 * billed it.
 */
export async function reserve(
  account: Account,
  budget: ModelBudget,
  call: PlannedCall,
): Promise<Reservation | Refusal> {
  const ledger = await readLedger(account);
  const tokens = mostTokens(call);
  const price = priceOf(call.settings);
  const costUsd = costOf(tokens, price);
  const refusal = refusalOf({ model: call.settings.name, tokens, costUsd }, spentBy(ledger), budget);
  if (refusal !== null) return refusal;
  const number = ledger.calls.length + 1;
  const { step, iteration, role } = call;
  const reserved = { number, step, iteration, role, model: call.settings.name, tokens, costUsd };
  await write(account, [...ledger.calls, { ...reserved, status: 'reserved', outcome: null, ms: 0 }]);
  return { number, price };
}

/**
 * Replaces a reservation by what the call did cost. Rejects with ConflictError where there is no such reservation,
 * or it is settled.
 */
export async function settle(
  account: Account,
  { number, price }: Reservation,
  { status, outcome, tokens, ms }: Settlement,
): Promise<ModelCall> {
  const { calls } = await readLedger(account);
  const reserved = calls.find((call) => call.number === number);
  if (reserved?.status !== 'reserved') throw new ConflictError(`call ${number} of a model is not reserved`);
  const cost = tokens === null ? {} : { tokens, costUsd: costOf(tokens, price) };
  const settled: ModelCall = { ...reserved, status, outcome: outcome.slice(0, 200), ms, ...cost };
  await write(
    account,
    calls.map((call) => (call.number === number ? settled : call)),
  );
  return settled;
}

/** The most tokens that a call may take: its prompt as we count it, and the limit of its answer. */
function mostTokens({ messages, maxTokens }: PlannedCall): Tokens {
  const prompt = messages.reduce(
    (sum, { content }) => sum + countTokens(content) + TOKENS_AROUND_MESSAGE,
    TOKENS_AROUND_MESSAGE,
  );
  return { prompt, completion: maxTokens, estimated: true };
}

async function write({ blobStore, runId }: Account, calls: ModelCall[]): Promise<void> {
  await writeJson(blobStore, runKeys(runId).ledger, { calls } satisfies Ledger);
}
