import {
  AddressForbiddenError,
  ModelBusyError,
  ModelRefusedError,
  StoreUnavailableError,
} from '#domain/errors.ts';
import type { CodeModel, ModelReply } from '#ports/code-model/code-model.ts';
import { createRecordedCodeModel } from '#ports/code-model/recorded-code-model.ts';

/** The server is away or may not be called, or the file cannot be written. */
const LASTING = [ModelBusyError, AddressForbiddenError, StoreUnavailableError];

/** What came of the calls of one item. */
export type ModelUse = {
  /**
   * Milliseconds that the item stood still for its model and for the file of calls: with a recorded answer fewer
   * than the model took. What is spent on making requests and reading answers is not among them.
   */
  waitedMs: number;
  /** Why no model can be asked any more; null where one can. */
  outage: string | null;
};

/** A model whose answers are kept in a file, and given from there; with what the calls since the last `takeUse` took. */
export type MeasuredModel = { codeModel: CodeModel; takeUse(): ModelUse };

/** Puts a file of calls before a model. A process measures one item at a time, so the calls are of that one. */
export function measureModel(inner: CodeModel, file: string): MeasuredModel {
  let use: ModelUse = { waitedMs: 0, outage: null };
  let hasAnswered = false;
  let ownMs = 0;
  const recorded = createRecordedCodeModel({ ...inner, complete: timed }, file);
  return {
    codeModel: { ...recorded, complete },
    takeUse: () => {
      const taken = use;
      use = { waitedMs: 0, outage: null };
      return taken;
    },
  };

  /** Asks the server. */
  async function timed(...call: Parameters<CodeModel['complete']>): Promise<ModelReply> {
    const started = performance.now();
    const reply = await inner.complete(...call);
    ownMs = Math.max(0, performance.now() - started - reply.ms);
    return reply;
  }

  /** Asks the file, then the server. */
  async function complete(...call: Parameters<CodeModel['complete']>): Promise<ModelReply> {
    const started = performance.now();
    ownMs = 0;
    try {
      const reply = await recorded.complete(...call);
      hasAnswered = true;
      use.outage = null;
      return reply;
    } catch (error) {
      use.outage = outageOf(error, hasAnswered);
      throw error;
    } finally {
      use.waitedMs += performance.now() - started - ownMs;
    }
  }
}

/**
 * Whether an error means that other programs will fare no better: their records would say nothing of the mechanism.
 * A server that answered before and refuses a request, such as one that is too long for it, may take the next.
 */
function outageOf(error: unknown, hasAnswered: boolean): string | null {
  if (!(error instanceof Error)) return null;
  const isLasting = LASTING.some((kind) => error instanceof kind);
  return isLasting || (error instanceof ModelRefusedError && !hasAnswered) ? error.message : null;
}
