import { createHash } from 'node:crypto';
import { InvalidInputError } from '#domain/errors.ts';
import type { RunId } from '#domain/loop-state.ts';
import { type DynamoKey, dynamoKeys } from '../dynamo-keys.ts';

/** Where a run stands among its owner's: when it came in, its number within that millisecond, its id. */
const PLACE = /^\d{15}-[0-9a-z]{4}-([0-9a-f]{32})$/;

/**
 * Gives each run its place. Of one process every place is behind the one before, even within a millisecond or where
 * the clock is set back; between processes their clocks decide.
 */
export function createPlaces(): (id: RunId, now: Date) => string {
  let last = 0;
  let count = 0;
  return (id, now) => {
    count = now.getTime() > last ? 0 : count + 1;
    last = Math.max(last, now.getTime());
    return `${String(last).padStart(15, '0')}-${count.toString(36).padStart(4, '0')}-${id}`;
  };
}

/** The cursor that goes on behind a place in this owner's list. */
export function cursorAt(owner: string, place: string): string {
  return `${Buffer.from(place, 'utf8').toString('base64url')}.${bindingOf(owner, place)}`;
}

/**
 * The key at which the query of an owner's runs goes on. Throws InvalidInputError for a cursor that this owner was not
 * given. The binding keeps mistakes apart, it is no secret: whatever the cursor, only the owner's own runs are read.
 */
export function startAt(owner: string, cursor: string): DynamoKey & { gsi1pk: string; gsi1sk: string } {
  const [encoded = '', binding] = cursor.slice(0, 500).split('.');
  const place = Buffer.from(encoded, 'base64url').toString('utf8');
  const id = PLACE.exec(place)?.[1];
  if (id === undefined || binding !== bindingOf(owner, place)) {
    throw new InvalidInputError('the cursor is not one of ours');
  }
  return { ...dynamoKeys.run(id), gsi1pk: dynamoKeys.owner(owner), gsi1sk: place };
}

function bindingOf(owner: string, place: string): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, place]))
    .digest('base64url')
    .slice(0, 16);
}
