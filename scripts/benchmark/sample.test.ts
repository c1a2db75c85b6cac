import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeSample } from './sample.ts';

const items = fc.uniqueArray(fc.integer());
const settings = fc.record({ size: fc.integer({ min: 1, max: 30 }), seed: fc.nat() });

describe('takeSample', () => {
  it('takes that many, each once, in their order, the same for the same seed', () => {
    fc.assert(
      fc.property(items, settings, (all, how) => {
        const sample = takeSample(all, how);

        expect(sample).toHaveLength(Math.min(how.size, all.length));
        expect(sample).toEqual(all.filter((item) => sample.includes(item)));
        expect(takeSample(all, how)).toEqual(sample);
      }),
    );
  });

  it('takes each with the same chance', () => {
    const all = [...'abcdefgh'];
    const counts = new Map(all.map((item) => [item, 0]));
    for (let seed = 0; seed < 4_000; seed += 1) {
      for (const item of takeSample(all, { size: 2, seed })) counts.set(item, (counts.get(item) ?? 0) + 1);
    }

    for (const count of counts.values()) {
      expect(count).toBeGreaterThan(880);
      expect(count).toBeLessThan(1_120);
    }
  });
});
