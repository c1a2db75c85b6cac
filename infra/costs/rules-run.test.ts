import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRealServices, type RealServices } from '#hardening/fixtures/real-services.ts';
import { hardenCode } from '#hardening/harden-code.ts';
import { CHECKOUT } from '../checkout.ts';
import { ONE_ITERATION, runCosts } from './run-costs.ts';

const EXAMPLES = join(CHECKOUT, 'examples');

let services: RealServices;
beforeAll(async () => {
  services = await openRealServices();
});
afterAll(() => services.close());

async function passed(name: string): Promise<{ states: string[]; verdict: string }> {
  const states: string[] = [];
  const { verdict } = await hardenCode(
    services,
    { path: name, code: readFileSync(join(EXAMPLES, name)), settings: { mechanism: 'rules' } },
    { onState: (state) => states.push(state) },
  );
  return { states, verdict };
}

describe('a run without a language model', () => {
  it.each(readdirSync(EXAMPLES).filter((name) => name.endsWith('.py')))(
    'passes at most 14 states to secure %s',
    async (name) => {
      const { states, verdict } = await passed(name);

      expect(verdict).toBe('secured');
      expect(states.length).toBeLessThanOrEqual(14);
    },
  );

  it('passes the states of which its costs are computed', async () => {
    expect((await passed('settings_loader.py')).states).toEqual(ONE_ITERATION);
  });

  it('costs for its transitions, steps and requests in proportion to the runs', () => {
    const [one, thousand] = [runCosts(ONE_ITERATION, 1), runCosts(ONE_ITERATION, 1000)];

    expect(one.find(({ price }) => price === 'transition')?.quantity).toBe(14);
    expect(one.find(({ price }) => price === 'lambdaRequest')?.quantity).toBe(7 + 7);
    expect(thousand.map(({ quantity }) => quantity / 1000)).toEqual(
      one.map(({ quantity }) => expect.closeTo(quantity, 9)),
    );
  });
});
