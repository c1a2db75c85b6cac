import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPlace, tabs, withPlace } from './report-address.ts';

const places = fc.record({
  tab: fc.constantFrom(...tabs),
  finding: fc.constantFrom(null, 'fixed-00000000000b6084-0', 'remaining-0123456789abcdef-12'),
  view: fc.constantFrom('split' as const, 'unified' as const, null),
});

describe('the place in a report’s address', () => {
  it('is read back as it was written, over whatever stood there', () => {
    fc.assert(
      fc.property(places, places, (first, second) => {
        const search = withPlace(withPlace(new URLSearchParams('id=7'), first), second);

        expect(readPlace(search)).toEqual(second);
        expect(search.get('id')).toBe('7');
      }),
    );
  });

  it('is the findings where the address says nothing, or something else', () => {
    const nowhere = { tab: 'findings', finding: null, view: null };

    expect(readPlace(new URLSearchParams())).toEqual(nowhere);
    expect(readPlace(new URLSearchParams('tab=<b>&finding=javascript:1&view=3d'))).toEqual(nowhere);
  });
});
