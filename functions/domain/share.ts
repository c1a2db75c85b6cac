import { z } from 'zod';
import { RunIdSchema } from './loop-state.ts';

/** Names a share to its owner; opens nothing. */
export const ShareIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
export type ShareId = z.infer<typeof ShareIdSchema>;

/** What opens a shared report: 32 random bytes in base64url. Only its hash is stored. */
export const ShareTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export type ShareToken = z.infer<typeof ShareTokenSchema>;

/** More shares of one run than this are refused. */
export const MAX_SHARES = 20;

/** What an owner says of a new share. */
export const NewShareSchema = z.strictObject({
  expiresInDays: z.int().min(1).max(90).default(7),
  /** Whether passwords and the like that were found in the code can be read by whoever has the link. */
  showsSecrets: z.boolean().default(false),
});
export type NewShare = z.infer<typeof NewShareSchema>;

/** A share as its owner sees it. */
export const ShareSchema = z.object({
  id: ShareIdSchema,
  runId: RunIdSchema,
  showsSecrets: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Share = z.infer<typeof ShareSchema>;

/** A share that was just made: the only time that its token is told. */
export const CreatedShareSchema = ShareSchema.extend({
  token: ShareTokenSchema,
  /** The page that opens it. The token stands behind the `#`, which browsers send to no server. */
  path: z.string().regex(/^\/r#[A-Za-z0-9_-]{43}$/),
});
export type CreatedShare = z.infer<typeof CreatedShareSchema>;

/** The shares of a run that still open it, the newest first. */
export const SharesSchema = z.object({ shares: z.array(ShareSchema) });
export type Shares = z.infer<typeof SharesSchema>;
