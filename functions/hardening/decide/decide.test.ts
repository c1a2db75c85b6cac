import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AppliedEdit, Edits } from '#domain/edit-plan.ts';
import type { Analysis, Severity } from '#domain/finding.ts';
import { type MachineDocument, PlanOutputSchema, RunSettingsSchema } from '#domain/loop-state.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import { writeJson } from '#ports/json-blob.ts';
import type { RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';
import { readHistory } from '../history-blob.ts';
import { type DecideServices, decide } from './decide.ts';

const runId = 'a'.repeat(32);
const keys = runKeys(runId);
let services: DecideServices;

beforeEach(async () => {
  services = { blobStore: memoryBlobStore(), runStore: {} as Stores['runStore'], riskModel: {} as RiskModel };
  await services.blobStore.put(keys.original, Buffer.from('a = 1\n'));
  await services.blobStore.put(keys.candidate(1), Buffer.from('a = 2\n'));
  await findings(keys.original, ['high', 'medium']);
});

describe('decide', () => {
  it('ends the run when the accepted candidate reaches the goal', async () => {
    await findings(keys.candidate(1), []);

    const { next, state } = await decide(await candidate(['e1', 'e2']), services);

    expect(next).toBe('report');
    expect(state.bestKey).toBe(keys.candidate(1));
    expect(state.acceptedEditsKey).toBe(keys.leading(1));
  });

  it('goes on from a better candidate while iterations are left', async () => {
    await findings(keys.candidate(1), ['medium']);

    const { next, state } = await decide(await candidate(['e1', 'e2']), services);

    expect([next, state.bestKey, state.iteration, state.attempt]).toEqual(['plan', keys.candidate(1), 2, 2]);
  });

  it('reports after the last iteration, with the best candidate', async () => {
    await findings(keys.candidate(1), ['medium']);
    const document = await candidate(['e1']);

    const { next, state } = await decide(
      { ...document, state: { ...document.state, iteration: 3 } },
      services,
    );

    expect([next, state.bestKey]).toEqual(['report', keys.candidate(1)]);
  });

  it('takes a rejected candidate apart instead of losing all its edits', async () => {
    await findings(keys.candidate(1), []);

    const { next, state } = await decide(await candidate(['e1', 'e2'], 'fail'), services);

    expect([next, state.mode, state.bestKey]).toEqual(['plan', 'singly', keys.original]);
    expect((await readHistory(services.blobStore, runId)).attempts[0]?.settledEdits).toEqual([]);
  });

  it('never plans again an edit that was rejected alone, and goes on with the others', async () => {
    await findings(keys.candidate(1), []);
    const document = await candidate(['e1'], 'fail');

    const { next, state } = await decide(
      { ...document, state: { ...document.state, mode: 'singly' } },
      services,
    );

    expect([next, state.mode]).toEqual(['plan', 'singly']);
    expect((await readHistory(services.blobStore, runId)).attempts[0]?.settledEdits).toEqual(['e1']);
  });

  describe("with edits at the gGAN's word", () => {
    const [word, other] = ['safe-loader:ggan-1111111111111111', 'safe-loader:ggan-2222222222222222'];

    it('takes the better hardened of two that leave as many findings', async () => {
      await findings(keys.candidate(1), ['high', 'medium']);

      const { state } = await decide(await candidate(['e1', word]), services);

      expect(state.bestKey).toBe(keys.candidate(1));
    });

    it('counts those that were accepted before for both', async () => {
      await findings(keys.candidate(1), ['high', 'medium']);
      const document = await candidate(['e1']);
      await writeJson(services.blobStore, keys.leading(9), { applied: [edit(word)], declined: [] });
      await services.blobStore.put(keys.candidate(2), Buffer.from('a = 2\n# longer\n'));
      await findings(keys.candidate(2), ['high', 'medium']);
      const best = { bestKey: keys.candidate(2), acceptedEditsKey: keys.leading(9) };
      const from = { baseKey: keys.candidate(2), baseEditsKey: keys.leading(9) };

      const { state } = await decide(
        {
          ...document,
          state: { ...document.state, ...best },
          plan: PlanOutputSchema.parse({ ...document.plan, ...from }),
        },
        services,
      );

      expect(state.bestKey).toBe(keys.candidate(1));
    });

    it('tries a rejected candidate without them first, then each edit alone', async () => {
      await findings(keys.candidate(1), []);
      const document = await candidate(['e1', 'e2', word, other], 'fail');
      const { state } = await decide(document, services);
      const again = await decide({ ...document, state: { ...state, attempt: 1 } }, services);

      expect([state.mode, state.iteration, again.next, again.state.mode]).toEqual([
        'found',
        1,
        'plan',
        'singly',
      ]);
    });

    it('takes a candidate apart edit by edit where there is nothing else in it', async () => {
      await findings(keys.candidate(1), []);

      const { next, state } = await decide(await candidate([word, other], 'fail'), services);

      expect([next, state.mode]).toEqual(['plan', 'singly']);
    });

    it.each([
      ['found', true, 'plan', 'singly'],
      ['singly', true, 'plan', 'singly'],
      ['singly', false, 'report', 'singly'],
      ['together', true, 'report', 'together'],
    ] as const)('has no finding left in the mode %s (gGAN: %s)', async (mode, ggan, next, then) => {
      await findings(keys.candidate(1), []);
      const document = await candidate(['e1']);
      const settings = { ...document.state.settings, ggan };

      const decided = await decide({ ...document, state: { ...document.state, mode, settings } }, services);

      expect([decided.next, decided.state.mode]).toEqual([next, then]);
    });

    it('goes on for one that another edit stood in the way of', async () => {
      await findings(keys.candidate(1), []);
      const document = await candidate(['e1']);
      const waits = { id: word, operator: 'safe-loader' as const, line: 1, reason: 'later', retry: true };
      await writeJson(services.blobStore, keys.edits(1), { applied: [edit('e1')], declined: [waits] });

      expect((await decide(document, services)).next).toBe('plan');
    });
  });

  it('rejects a candidate that acts differently when it is run', async () => {
    await findings(keys.candidate(1), []);
    const document = await candidate(['e1']);

    const { state } = await decide(
      { ...document, checks: { behavior: 'fail', tests: 'not-run', ms: 5 } },
      services,
    );

    expect(state.bestKey).toBe(keys.original);
    expect((await readHistory(services.blobStore, runId)).attempts[0]).toMatchObject({
      outcome: 'rejected',
      reasons: ["the gate 'behavior' did not pass"],
      checksKey: keys.checks(1),
    });
  });

  it('does not take a candidate that leaves as many findings', async () => {
    await findings(keys.candidate(1), ['high', 'medium']);

    const { next, state } = await decide(await candidate(['e1']), services);

    expect([next, state.bestKey, state.acceptedEditsKey]).toEqual(['report', keys.original, null]);
  });

  it('rejects a candidate with a counted finding that was not there', async () => {
    await findings(keys.candidate(1), ['high'], 'g');

    const { state } = await decide(await candidate(['e1']), services);

    expect(state.bestKey).toBe(keys.original);
    expect((await readHistory(services.blobStore, runId)).attempts[0]?.outcome).toBe('rejected');
  });

  it('ends an iteration that changed nothing', async () => {
    const document = await candidate([]);

    const { next } = await decide(
      { ...document, edits: { changed: false, applied: 0, declined: 0, ms: 1 } },
      services,
    );

    expect(next).toBe('report');
  });

  it('goes on where no finding is left but the code does not compile', async () => {
    const compileError = { message: 'No.', line: 1, lateGlobal: true };
    await findings(keys.original, ['high'], 'f', compileError);
    await findings(keys.candidate(1), [], 'f', compileError);

    const { next, state } = await decide(await candidate(['e1']), services);

    expect([next, state.bestKey]).toEqual(['plan', keys.candidate(1)]);
  });

  it('records an attempt once when the step is retried', async () => {
    await findings(keys.candidate(1), []);
    const document = await candidate(['e1']);

    await decide(document, services);
    await decide(document, services);

    expect((await readHistory(services.blobStore, runId)).attempts).toHaveLength(1);
  });
});

async function findings(
  codeKey: string,
  severities: Severity[],
  definition = 'f',
  compileError: Analysis['compileError'] = null,
): Promise<void> {
  const analysis: Analysis = {
    analyzer: 'bandit',
    version: '1.9.4',
    status: 'analyzed',
    reason: null,
    compileError,
    findings: severities.map((severity, index) => ({
      analyzer: 'bandit',
      rule: 'B602',
      cwe: 'CWE-78',
      severity,
      confidence: 'high',
      message: 'shell',
      line: index + 1,
      column: 0,
      endLine: index + 1,
      endColumn: 4,
      definition,
      code: 'x',
      fingerprint: '0123456789abcdef',
    })),
  };
  await writeJson(services.blobStore, analysisKey(codeKey, 'bandit'), analysis);
}

async function candidate(ids: string[], surface: 'pass' | 'fail' = 'pass'): Promise<MachineDocument> {
  const applied = ids.map(edit);
  await writeJson(services.blobStore, keys.edits(1), { applied, declined: [], repaired: [] } satisfies Edits);
  return {
    state: {
      runId,
      settings: RunSettingsSchema.parse({}),
      startedAt: '2026-01-01T00:00:00.000Z',
      originalKey: keys.original,
      testsKey: null,
      promptKey: null,
      bestKey: keys.original,
      acceptedEditsKey: null,
      iteration: 1,
      turn: 'edits',
      mode: 'together',
      attempt: 1,
    },
    plan: {
      next: 'apply',
      stopped: null,
      open: 2,
      planned: ids.length,
      planKey: keys.plan(1),
      baseKey: keys.original,
      baseEditsKey: null,
      excerptKey: keys.excerpt(1),
      answerKey: keys.answer(1),
      candidateKey: keys.candidate(1),
      editsKey: keys.edits(1),
      gatesKey: keys.gates(1),
      runsPrograms: false,
      runsBehavior: false,
      checksKey: keys.checks(1),
      declaredKeys: [keys.edits(1)],
      ms: 1,
    },
    edits: { changed: true, applied: ids.length, declined: 0, ms: 1 },
    reanalyses: [],
    gates: { parses: 'pass', surface, honest: 'pass', ms: 1 },
  };
}

function edit(id: string): AppliedEdit {
  return {
    id,
    operator: 'safe-loader',
    cwe: 'CWE-20',
    source: id.includes(':ggan-') ? 'ggan' : 'analyzer',
    line: 1,
    summary: 's',
    declared: [],
    environment: [],
  };
}
