import { createHash } from 'node:crypto';
import type { RunId } from '#domain/loop-state.ts';
import type { ShareId } from '#domain/share.ts';

/**
 * The layout of the one table. No text of a user is part of a key: owners and their Idempotency-Keys go in as hashes.
 *
 * | item        | pk                       | sk                 | gsi1pk, gsi1sk           | gsi2pk, gsi2sk         |
 * |-------------|--------------------------|--------------------|--------------------------|------------------------|
 * | run         | `RUN#` id                | `RUN`              | `OWNER#` hash, its place | `OPEN`, when it came in |
 * | idempotency | `IDEMPOTENCY#` hash      | `IDEMPOTENCY`      |                          |                        |
 * | quota       | `QUOTA#` hash            | counter `#` window |                          |                        |
 * | share       | `SHARE#` id              | `SHARE`            | `SHARES#` run, when made |                        |
 *
 * gsi1 (all attributes) lists an owner's runs, and the shares of a run, the newest first. gsi2 (keys only) holds
 * unfinished runs alone: they leave it when they finish. `expiresAt`, seconds since the epoch, is when DynamoDB may
 * delete an item.
 */
export const dynamoKeys = {
  run: (id: RunId): DynamoKey => ({ pk: `RUN#${id}`, sk: 'RUN' }),
  idempotency: (owner: string, key: string): DynamoKey => ({
    pk: `IDEMPOTENCY#${hash(owner, key)}`,
    sk: 'IDEMPOTENCY',
  }),
  quota: (owner: string, counter: string, windowStart: number): DynamoKey => ({
    pk: `QUOTA#${hash(owner)}`,
    sk: `${counter}#${windowStart}`,
  }),
  share: (id: ShareId): DynamoKey => ({ pk: `SHARE#${id}`, sk: 'SHARE' }),
  /** Where a run's shares are in gsi1. */
  shares: (runId: RunId): string => `SHARES#${runId}`,
  /** Where an owner's runs are in gsi1. */
  owner: (owner: string): string => `OWNER#${hash(owner)}`,
  /** Where unfinished runs are in gsi2. */
  open: 'OPEN',
} as const;

export type DynamoKey = { pk: string; sk: string };

/** Whether an item has expired; DynamoDB deletes it only some days later. */
export function hasExpired({ expiresAt }: { expiresAt: number }, now: Date): boolean {
  return expiresAt * 1000 <= now.getTime();
}

/** When an item expires that is kept for so long. */
export function expiryAfter(seconds: number, now: Date): number {
  return Math.ceil(now.getTime() / 1000) + seconds;
}

/** As a JSON array: no two lists of texts have the same. */
function hash(...texts: string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}
