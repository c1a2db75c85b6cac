import { randomBytes } from 'node:crypto';
import type { GateResult } from '#domain/gates.ts';
import { type RunSettingsInput, RunSettingsSchema } from '#domain/loop-state.ts';
import { mechanismOf } from '#domain/model-choice.ts';
import { noFindings, noTime, type Report } from '#domain/report.ts';

/** The report on code that could not be taken in at all, so that nothing was stored or run. */
export function refusedReport(
  request: { path: string; settings: RunSettingsInput; prompt?: string | undefined },
  reason: string,
): Report {
  const notRun: GateResult = {
    light: 'not-run',
    evidence: [],
    checked: 'Nothing.',
    notChecked: 'The code was not taken in.',
  };
  return {
    runId: randomBytes(16).toString('hex'),
    path: request.path,
    prompt: request.prompt ?? null,
    createdAt: new Date().toISOString(),
    settings: RunSettingsSchema.parse({ ...request.settings, mechanism: mechanismOf(request.settings) }),
    verdict: 'failed',
    reason,
    gates: {
      parses: notRun,
      secure: notRun,
      surface: notRun,
      honest: notRun,
      behavior: notRun,
      tests: notRun,
    },
    findings: noFindings,
    original: { code: '', findings: [] },
    secured: { code: '', findings: [] },
    analyzers: [],
    risk: null,
    unassessed: null,
    edits: [],
    declined: [],
    repaired: [],
    environment: [],
    iterations: 0,
    modelCalls: 0,
    modelMs: 0,
    modelSteps: [],
    tokens: { prompt: 0, completion: 0, estimated: false },
    costUsd: 0,
    ms: noTime,
  };
}
