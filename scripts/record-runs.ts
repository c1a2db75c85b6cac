// Records anew what a real model answers in the cases of functions/hardening/recorded-runs.test.ts, and what comes of
// it: npm run record-runs. Known questions are answered from the records, so without a changed prompt no model is asked.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { openRealServices } from '#hardening/fixtures/real-services.ts';
import {
  ANSWERS_FILE,
  MODEL,
  OUTCOMES_FILE,
  recordedCases,
  runCase,
} from '#hardening/fixtures/recorded-runs/cases.ts';
import type { CodeModel } from '#ports/code-model/code-model.ts';
import { createRecordedCodeModel } from '#ports/code-model/recorded-code-model.ts';

const fresh = `${ANSWERS_FILE}.new`;
const services = await openRealServices();
// Old answers serve first; what a case uses of them is kept, the rest goes.
const known = createRecordedCodeModel(services.codeModel, ANSWERS_FILE);
const codeModel: CodeModel = createRecordedCodeModel(known, fresh);

try {
  await rm(fresh, { force: true });
  const outcomes: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(recordedCases)) {
    process.stdout.write(`${name} … `);
    const outcome = await runCase({ ...services, codeModel }, each);
    if (outcome.modelCalls === 0)
      throw new Error(`${MODEL} was not asked: is it served where the cases say?`);
    outcomes[name] = outcome;
    process.stdout.write(`${outcome.verdict}, ${outcome.modelCalls} calls\n`);
  }
  await rename(fresh, ANSWERS_FILE);
  await writeFile(OUTCOMES_FILE, `${JSON.stringify(outcomes, null, 2)}\n`);
  const count = (await readFile(ANSWERS_FILE, 'utf8')).trim().split('\n').length;
  process.stdout.write(`${count} answers and what came of them are written.\n`);
} finally {
  await services.close();
}
