import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EditPlanSchema } from '#domain/edit-plan.ts';
import { GganUnavailableError } from '#domain/errors.ts';
import type { Report } from '#domain/report.ts';
import type { Proposal, RiskMap } from '#domain/risk.ts';
import { runKeys } from '#domain/run-keys.ts';
import { readJson } from '#ports/json-blob.ts';
import type { Assessment, RiskModel } from '#ports/risk-model/risk-model.ts';
import { openRealServices, type RealServices } from './fixtures/real-services.ts';
import { hardenCode } from './harden-code.ts';
import type { RunServices } from './local-runner.ts';

let services: RealServices;

beforeAll(async () => {
  services = await openRealServices();
});
afterAll(() => services.close());

/** No counted finding: Bandit calls a weak random number low. */
const CLEAN = 'import random\n\n\ndef token():\n    return random.randint(0, 9)\n';
const VULNERABLE = 'import yaml\n\n\ndef read(text):\n    return yaml.load(text)\n';
const MAP: RiskMap = { risk: 0.8, threshold: 0.5, lines: [], flows: [] };

function proposal(operator: Proposal['operator'], line: number, column: number, endColumn: number): Proposal {
  const place = { line, column, endLine: line, endColumn, definition: 'f' };
  return { operator, cwe: 'CWE-330', risk: 0.9, confidence: 0.9, ...place };
}

/** A network that says the same of all code, and how often it was asked. */
function saying(assessment: Assessment): RiskModel & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    prepare: () => {},
    assess: async (code) => {
      asked.push(code);
      return assessment;
    },
  };
}

function harden(
  code: string,
  riskModel: RiskModel,
  settings = {},
  isRefused: (code: string) => boolean = () => false,
): Promise<Report> {
  return hardenCode(
    { ...services, riskModel, worker: workerWhoseGatesRefuse(isRefused) },
    { path: 'app.py', code: new TextEncoder().encode(code), settings },
  );
}

/** The real worker, but one gate refuses some candidates. */
function workerWhoseGatesRefuse(isRefused: (code: string) => boolean): RunServices['worker'] {
  const { worker, blobStore } = services;
  return {
    ...worker,
    run: async (step, input, options) => {
      const answer = await worker.run(step, input, options);
      if (!('candidateKey' in input && 'surface' in answer)) return answer;
      const code = new TextDecoder().decode(await blobStore.get(input.candidateKey));
      return isRefused(code) ? { ...answer, surface: 'fail' } : answer;
    },
  };
}

function firstPlan({ runId }: Report) {
  return readJson(services.blobStore, runKeys(runId).plan(1), EditPlanSchema);
}

describe('a run with the gGAN', () => {
  it("hardens at the gGAN's word what no analyzer counts", async () => {
    const report = await harden(
      CLEAN,
      saying({ map: MAP, proposals: [proposal('secure-random', 5, 11, 31)] }),
    );

    expect([report.verdict, report.edits.map(({ operator, source }) => [operator, source])]).toEqual([
      'hardened',
      [['secure-random', 'ggan']],
    ]);
    expect(report.secured.code).toContain('SystemRandom');
    expect(report.risk).toEqual(MAP);
    expect(report.reason).toBe(
      'There was no counted finding; 1 place was hardened at the word of the graph network, and every gate that ran passed.',
    );
  });

  it('leaves the code alone, and says nothing more, where an operator declines', async () => {
    const report = await harden(CLEAN, saying({ map: MAP, proposals: [proposal('safe-loader', 5, 11, 31)] }));

    expect([report.verdict, report.secured.code, report.declined]).toEqual(['already-secure', CLEAN, []]);
  });

  it('says of an edit for a finding that the gGAN asks for it as well', async () => {
    const report = await harden(
      VULNERABLE,
      saying({ map: MAP, proposals: [proposal('safe-loader', 5, 11, 26)] }),
    );

    expect([report.verdict, report.edits.map(({ source }) => source)]).toEqual(['secured', ['both']]);
  });

  it('makes both kinds of edits in one go', async () => {
    const code = `${VULNERABLE}\n\n${CLEAN}`;

    const report = await harden(
      code,
      saying({ map: MAP, proposals: [proposal('secure-random', 12, 11, 31)] }),
    );

    expect(report.verdict).toBe('secured');
    expect(report.edits.map(({ source }) => source).sort()).toEqual(['analyzer', 'ggan']);
    expect(report.iterations).toBe(1);
    expect(report.reason).toBe(
      '1 of 1 counted finding fixed, none introduced, 1 place was hardened at the word of the graph network, and every gate that ran passed.',
    );
  });

  it('loses only the edit that a gate refuses, and no fix of a finding with it', async () => {
    const code = `${VULNERABLE}\n\n${CLEAN}    return random.random()\n`;
    const proposals = [proposal('secure-random', 12, 11, 31), proposal('secure-random', 13, 11, 26)];

    const report = await harden(code, saying({ map: MAP, proposals }), {}, (text) => {
      return text.includes('SystemRandom().random()');
    });

    expect(report.secured.code).toBe(
      code.replace('yaml.load', 'yaml.safe_load').replace('random.randint', 'random.SystemRandom().randint'),
    );
    expect([report.verdict, report.edits.length, report.declined]).toEqual(['secured', 2, []]);
  });

  it('keeps every fix of a finding where a gate refuses all that the gGAN asks for', async () => {
    const code = `${VULNERABLE}    return yaml.load(text[1:])\n\n\n${CLEAN}`;
    const model = saying({ map: MAP, proposals: [proposal('secure-random', 13, 11, 31)] });

    const on = await harden(code, model, {}, (text) => text.includes('SystemRandom'));
    const off = await harden(code, model, { ggan: false });

    expect([on.verdict, on.secured.code]).toEqual(['secured', off.secured.code]);
    expect(on.edits).toEqual(off.edits);
  });

  it('tries no more than twenty edits, the riskiest first', async () => {
    const code = `import random\n\n${'token = random.randint(0, 9)\n'.repeat(30)}`;
    const proposals = Array.from({ length: 30 }, (_, each) => ({
      ...proposal('secure-random', each + 3, 8, 28),
      risk: each / 30,
    }));
    const linesWith = (text: string) => text.split('\n').filter((line) => line.includes('System')).length;
    const model = saying({ map: MAP, proposals });

    const all = await harden(code, model);
    const some = await harden(code, model, {}, (text) => linesWith(text) > 2);

    expect(all.edits.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, each) => 32 - each));
    expect([some.verdict, some.edits.map(({ line }) => line)]).toEqual(['hardened', [32, 31]]);
    // At most twenty tries together, then one by one, and a last look.
    expect(model.asked.length).toBeLessThanOrEqual(1 + 22);
  });

  it('keeps the fix of a finding where operators decline what the gGAN asks for', async () => {
    const proposals = [proposal('argv-without-shell', 4, 0, 3), proposal('debug-off', 5, 0, 5)];

    const report = await harden(VULNERABLE, saying({ map: MAP, proposals }));

    expect([report.verdict, report.edits.length]).toEqual(['secured', 1]);
  });

  it('plans from findings alone where the gGAN is off, and never asks it', async () => {
    const model = saying({ map: MAP, proposals: [proposal('safe-loader', 5, 11, 26)] });
    const silent = saying({ map: MAP, proposals: [] });

    const off = await harden(VULNERABLE, model, { ggan: false });
    const on = await harden(VULNERABLE, silent);

    expect([model.asked, off.risk, off.settings.ggan]).toEqual([[], null, false]);
    expect((await firstPlan(off)).edits).toEqual((await firstPlan(on)).edits);
    expect(off.secured.code).toBe(on.secured.code);
  });

  it('goes on without a risk where no graph can be made of the code', async () => {
    const report = await harden(VULNERABLE, saying({ unassessed: 'Too many parts.' }));

    expect([report.verdict, report.risk, report.unassessed]).toEqual(['secured', null, 'Too many parts.']);
  });

  it('fails, and gives the input back, where the gGAN cannot be used', async () => {
    const report = await harden(VULNERABLE, {
      prepare: () => {},
      assess: () => Promise.reject(new GganUnavailableError('The gGAN cannot be used: a file is missing.')),
    });

    expect([report.verdict, report.secured.code]).toEqual(['failed', VULNERABLE]);
    expect(report.reason).toBe('The step PlanEdits failed: The gGAN cannot be used: a file is missing.');
  });
});
