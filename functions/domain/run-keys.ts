import type { AnalyzerName } from './finding.ts';
import type { ModelRole } from './model-settings.ts';
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
    /** What the user asked for, where the input is a prompt. */
    prompt: `${root}/prompt.json`,
    /** A user's key for a model, sealed; gone when the run is over. */
    modelKey: (role: ModelRole): BlobKey => `${root}/key-${role}.json`,
    /** What the run has spent on models. */
    ledger: `${root}/ledger.json`,
    /** One call of a model: what was asked and answered. */
    modelCall: (number: number): BlobKey => `${root}/call-${number}.json`,
    report: `${root}/report.json`,
    history: `${root}/history.json`,
    /** What the run did, for whoever watches it. */
    events: `${root}/events.json`,
    candidate: (attempt: number): BlobKey => `${root}/candidate-${attempt}.py`,
    plan: (attempt: number): BlobKey => `${root}/plan-${attempt}.json`,
    edits: (attempt: number): BlobKey => `${root}/edits-${attempt}.json`,
    /** `Edits` that lead from the original to the candidate of an attempt. */
    leading: (attempt: number): BlobKey => `${root}/leading-${attempt}.json`,
    excerpt: (attempt: number): BlobKey => `${root}/excerpt-${attempt}.json`,
    /** What a model said of the code, where a mechanism goes on from that. */
    description: (attempt: number): BlobKey => `${root}/description-${attempt}.json`,
    answer: (attempt: number): BlobKey => `${root}/answer-${attempt}.json`,
    checks: (attempt: number): BlobKey => `${root}/checks-${attempt}.json`,
    gates: (attempt: number): BlobKey => `${root}/gates-${attempt}.json`,
  };
}

/** Where an analyzer's findings in a piece of code are kept: beside the code. */
export function analysisKey(codeKey: BlobKey, analyzer: AnalyzerName): BlobKey {
  return `${codeKey.slice(0, -'.py'.length)}-${analyzer}.json`;
}
