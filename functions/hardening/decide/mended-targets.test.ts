import { describe, expect, it } from '@jest/globals';
import type { Edits } from '#domain/edit-plan.ts';
import type { PlanOutput } from '#domain/loop-state.ts';
import type { OperatorName } from '#domain/operators.ts';
import type { RepairedPart } from '#domain/repair.ts';
import type { Proposal } from '#domain/risk.ts';
import { memoryBlobStore } from '#ports/blob-store/fixtures/memory-blob-store.ts';
import type { RiskModel } from '#ports/risk-model/risk-model.ts';
import type { Stores } from '#ports/services.ts';
import { noEdits } from '../leading-edits.ts';
import { keepMendedTargets } from './mended-targets.ts';

const plan = { baseKey: 'runs/1/base.py', candidateKey: 'runs/1/candidate.py' } as PlanOutput;

/** What the gGAN proposes before and after, by operator. */
async function mended(edits: Edits, before: OperatorName[], after: OperatorName[]): Promise<string[]> {
  const blobStore = memoryBlobStore();
  await blobStore.put(plan.baseKey, Buffer.from('before'));
  await blobStore.put(plan.candidateKey, Buffer.from('after'));
  const riskModel = {
    assess: async (code: string) => ({
      map: {},
      proposals: (code === 'before' ? before : after).map((operator) => ({ operator }) as Proposal),
    }),
  } as unknown as RiskModel;
  const kept = await keepMendedTargets(edits, plan, { blobStore, riskModel } as Stores & {
    riskModel: RiskModel;
  });
  return kept.repaired.flatMap(({ targets }) => targets.map(({ id }) => id));
}

function repaired(...targets: [id: string, source: 'ggan' | 'analyzer', operator: OperatorName][]): Edits {
  const part: RepairedPart = {
    name: 'f',
    line: 1,
    targets: targets.map(([id, source, operator]) => ({ id, source, operator, rule: 'r', cwe: null })),
    declared: [],
    environment: [],
  };
  return { ...noEdits, repaired: [part] };
}

const TWO = repaired(['path', 'ggan', 'contain-path'], ['html', 'ggan', 'escape-html']);

describe('keepMendedTargets', () => {
  it('keeps what the gGAN would no longer change', async () => {
    expect(await mended(TWO, ['contain-path', 'escape-html'], [])).toEqual(['path', 'html']);
    expect(await mended(TWO, ['contain-path', 'escape-html'], ['contain-path'])).toEqual(['html']);
    expect(await mended(TWO, ['contain-path', 'escape-html'], ['contain-path', 'escape-html'])).toEqual([]);
  });

  it('gives no credit for a place that is mended where another becomes as bad', async () => {
    expect(await mended(TWO, ['contain-path'], ['safe-loader'])).toEqual([]);
    expect(await mended(TWO, ['contain-path', 'escape-html'], ['safe-loader'])).toHaveLength(1);
  });

  it('leaves what analyzers asked for to the analyzers', async () => {
    const edits = repaired(['found', 'analyzer', 'safe-loader'], ['path', 'ggan', 'contain-path']);

    expect(await mended(edits, ['contain-path'], ['contain-path'])).toEqual(['found']);
  });

  it('asks the gGAN nothing where it had no say', async () => {
    const edits = repaired(['found', 'analyzer', 'safe-loader']);
    const services = {} as Stores & { riskModel: RiskModel };

    expect(await keepMendedTargets(edits, plan, services)).toBe(edits);
  });
});
