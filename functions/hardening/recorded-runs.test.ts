import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecordedCodeModel } from '#ports/code-model/recorded-code-model.ts';
import { openRealServices, type RealServices } from './fixtures/real-services.ts';
import {
  ANSWERS_FILE,
  OUTCOMES_FILE,
  OutcomesSchema,
  recordedCases,
  runCase,
} from './fixtures/recorded-runs/cases.ts';

let services: RealServices;
let outcomes: ReturnType<typeof OutcomesSchema.parse>;
beforeAll(async () => {
  services = { ...(await openRealServices()), codeModel: createRecordedCodeModel(null, ANSWERS_FILE) };
  outcomes = OutcomesSchema.parse(JSON.parse(await readFile(OUTCOMES_FILE, 'utf8')));
});
afterAll(() => services.close());

const HOW =
  'A prompt or what follows from an answer has changed. See that the change is wanted, then record anew: npm run record-runs (with a model served at http://127.0.0.1:8080/v1 where a prompt changed).';

describe('what a real model answered, replayed', () => {
  it.each(Object.entries(recordedCases))('%s', async (name, each) => {
    const outcome = await runCase(services, each);

    expect([HOW, outcome]).toEqual([HOW, outcomes[name]]);
  });

  it('has no answer that no case asks for', async () => {
    const lines = (await readFile(ANSWERS_FILE, 'utf8')).trim().split('\n');
    const calls = Object.values(outcomes).reduce((sum, { modelCalls }) => sum + modelCalls, 0);

    expect(lines.length).toBeLessThanOrEqual(calls);
  });
});
