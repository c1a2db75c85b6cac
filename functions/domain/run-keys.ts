import type { AnalyzerName } from './finding.ts';
import type { BlobKey } from './worker-steps.ts';

/**
 * The blob keys of one run. The state machine builds the analysis keys itself (`States.Format`);
 * a run only works where both agree.
 */
export function runKeys(runId: string) {
  const root = `runs/${runId}`;
  return {
    prefix: `${root}/`,
    original: `${root}/original.py`,
    tests: `${root}/tests.py`,
    /** What the user's tests said of the original. */
    originalTests: `${root}/original-tests.json`,
    report: `${root}/report.json`,
    history: `${root}/history.json`,
    candidate: (attempt: number): BlobKey => `${root}/candidate-${attempt}.py`,
    plan: (attempt: number): BlobKey => `${root}/plan-${attempt}.json`,
    edits: (attempt: number): BlobKey => `${root}/edits-${attempt}.json`,
    accepted: (attempt: number): BlobKey => `${root}/accepted-${attempt}.json`,
    checks: (attempt: number): BlobKey => `${root}/checks-${attempt}.json`,
    gates: (attempt: number): BlobKey => `${root}/gates-${attempt}.json`,
  };
}

/** Where an analyzer's findings in a piece of code are kept: beside the code. */
export function analysisKey(codeKey: BlobKey, analyzer: AnalyzerName): BlobKey {
  return `${codeKey.slice(0, -'.py'.length)}-${analyzer}.json`;
}
