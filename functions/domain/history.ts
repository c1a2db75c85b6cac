import { z } from 'zod';
import { BlobKeySchema } from './worker-steps.ts';

/** One candidate that the loop looked at, and what became of it. */
export const AttemptSchema = z.object({
  iteration: z.int().min(1),
  attempt: z.int().min(1),
  /** What made the candidate. */
  by: z.enum(['operators', 'model']).default('operators'),
  candidateKey: BlobKeySchema,
  /** Null where nothing was tried: no answer of a model came. */
  editsKey: BlobKeySchema.nullable(),
  gatesKey: BlobKeySchema,
  /** Null where the programs were not run. */
  checksKey: BlobKeySchema.nullable(),
  outcome: z.enum(['accepted', 'rejected', 'no-change']),
  /** Why it was rejected, or was accepted without becoming the best. */
  reasons: z.array(z.string()),
  /** Ids of edits that are not to be planned again: declined, or guilty of a rejection. */
  settledEdits: z.array(z.string()),
  ms: z.object({
    analyze: z.number(),
    planEdits: z.number(),
    applyEdits: z.number(),
    repair: z.number().default(0),
    verify: z.number(),
  }),
});
export type Attempt = z.infer<typeof AttemptSchema>;

export const HistorySchema = z.object({ attempts: z.array(AttemptSchema) });
export type History = z.infer<typeof HistorySchema>;
