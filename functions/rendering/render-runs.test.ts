import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOSTILE, securedReport } from '#domain/fixtures/reports.ts';
import { verdictWords } from '#domain/report/wording.ts';
import type { Run } from '#domain/run.ts';
import { VerdictSchema } from '#domain/verdict.ts';
import { renderRuns } from './render-runs.ts';

const ID = 'a'.repeat(32);

const finished: Run = {
  id: ID,
  path: 'app.py',
  settings: securedReport.settings,
  input: 'code',
  hasTests: false,
  status: 'finished',
  createdAt: '2030-01-02T03:04:05.678Z',
  startedAt: '2030-01-02T03:04:05.678Z',
  finishedAt: '2030-01-02T03:04:06.678Z',
  progress: null,
  cancelRequested: false,
  outcome: {
    verdict: 'secured',
    reason: 'no counted finding is left',
    findings: { before: 4, after: 1, fixed: 3, remaining: 1, introduced: 0, informational: 0 },
    cancelled: false,
    failure: null,
  },
};
const running: Run = {
  ...finished,
  status: 'running',
  progress: { step: 'Verify', iteration: 1 },
  finishedAt: null,
  outcome: null,
};

const linksOf = (page: string) => [...page.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);

describe('renderRuns', () => {
  it('lists each run with its outcome and its report', () => {
    const page = renderRuns({ runs: [finished], olderUrl: '/?cursor=7' });

    expect(page).toContain('<bdi>app.py</bdi>');
    expect(page).toContain('✓ Secured');
    expect(page).toContain('4 → 1');
    expect(page).toContain('2030-01-02 03:04 UTC');
    expect(linksOf(page)).toEqual([
      '#main',
      `/v1/runs/${ID}/report?format=html`,
      `/v1/runs/${ID}/report?format=patch`,
      `/v1/runs/${ID}/report?format=json`,
      '/?cursor=7',
    ]);
  });

  it.each(VerdictSchema.options)('says in words that a run is %s', (verdict) => {
    const { outcome } = finished;
    const page = renderRuns({
      runs: [{ ...finished, outcome: outcome && { ...outcome, verdict, findings: null, cancelled: true } }],
      olderUrl: null,
    });

    expect(page).toContain(`${verdictWords[verdict].symbol} ${verdictWords[verdict].label}`);
    expect(page).toContain('canceled');
  });

  it('links to no report before there is one', () => {
    const queued: Run = { ...running, status: 'queued', progress: null };

    const page = renderRuns({ runs: [running, queued], olderUrl: null });

    expect(page).toContain('running: Verify');
    expect(page).toContain('queued');
    expect(linksOf(page)).toEqual(['#main']);
  });

  it('says how to begin where there are no runs', () => {
    const page = renderRuns({ runs: [], olderUrl: null });

    expect(page).toContain('sgcode harden FILE');
    expect(page).not.toContain('<table>');
  });

  it('shows any path as inert text', () => {
    const empty = renderRuns({ runs: [{ ...finished, path: 'x' }], olderUrl: null });
    const tags = (page: string) => page.match(/<\/?[a-z]+/g);

    fc.assert(
      fc.property(fc.oneof(fc.constant(HOSTILE), fc.string({ unit: 'binary' })), (path) => {
        const page = renderRuns({ runs: [{ ...finished, path }], olderUrl: null });

        expect(tags(page)).toEqual(tags(empty));
        expect(page.replace(/<style>[\s\S]*<\/style>/, '')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
