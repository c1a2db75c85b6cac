import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dynamoKeys } from '../dynamo-keys.ts';
import { createPlaces, cursorAt, startAt } from './dynamo-place.ts';

const runId = fc.stringMatching(/^[0-9a-f]{32}$/);
const moment = fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true });
const INVALID = expect.objectContaining({ name: 'InvalidInputError' });

describe('places', () => {
  it('go on behind one another, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(runId, moment), { minLength: 2, maxLength: 50 }), (runs) => {
        const placeOf = createPlaces();

        const places = runs.map(([id, at]) => placeOf(id, at));

        expect(places).toEqual([...new Set(places)].toSorted());
      }),
    );
  });
});

describe('cursors', () => {
  it('lead to where they were given, for their owner alone', () => {
    fc.assert(
      fc.property(runId, moment, fc.string(), fc.string(), (id, at, owner, other) => {
        const place = createPlaces()(id, at);
        const cursor = cursorAt(owner, place);

        expect(startAt(owner, cursor)).toEqual({
          ...dynamoKeys.run(id),
          gsi1pk: dynamoKeys.owner(owner),
          gsi1sk: place,
        });
        if (other !== owner) expect(() => startAt(other, cursor)).toThrow(INVALID);
      }),
    );
  });

  it('are none that were not given', () => {
    const part = fc.oneof(fc.string(), fc.base64String(), fc.constant('.'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        expect(() => startAt('ann', parts.join(''))).toThrow(INVALID);
      }),
    );
  });
});
