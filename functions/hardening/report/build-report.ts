import { doesCompile, isGoalReached } from '#domain/acceptance.ts';
import { countFindings, environmentOf, reportedFindings } from '#domain/code-account.ts';
import { spentBy, spentBySteps } from '#domain/model-call.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import type { Milliseconds, Report } from '#domain/report.ts';
import { verdictOf } from '#domain/verdict.ts';
import { explainVerdict } from './explain-verdict.ts';
import { reportGates } from './report-gates.ts';
import { failureOf, type RunMaterial } from './run-material.ts';
import { stillDeclined } from './still-declined.ts';

// ignoreBOM keeps a byte order mark in the text, so that the reported code is the code.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The finished account of a run, as of `now` (milliseconds since the epoch). */
export function buildReport(material: RunMaterial, now: number): Report {
  const { document, original, best, accepted } = material;
  const { settings, runId, bestKey, originalKey } = document.state;
  const findings = countFindings(original.analyses, best.analyses, settings.policy);
  const failure = failureOf(document);
  const outcome = {
    analyzable: original.analyses.some((analysis) => analysis.status === 'analyzed'),
    failed: failure !== null,
    changed: bestKey !== originalKey,
    goal: best.analyses.length === settings.analyzers.length && isGoalReached(best.analyses, settings.policy),
    compiles: doesCompile(best.analyses),
    before: findings.before,
  };
  const verdict = verdictOf(outcome);
  const spent = spentBy(material.ledger);
  const declined = stillDeclined(material.tried, accepted, best.analyses);
  return {
    runId,
    path: material.path,
    prompt: material.prompt,
    createdAt: material.createdAt,
    settings,
    verdict,
    reason: explainVerdict(verdict, material, { findings, failure, declined: declined.length }),
    gates: reportGates(material, outcome),
    findings,
    original: describeCode(original, settings.policy),
    secured: describeCode(best, settings.policy),
    analyzers: original.analyses.map(({ analyzer, version, status, reason }) => ({
      name: analyzer,
      version,
      status,
      reason,
    })),
    risk: material.said.risk,
    unassessed: material.said.unassessed,
    edits: accepted.applied,
    declined,
    repaired: accepted.repaired,
    environment: environmentOf([...accepted.applied, ...accepted.repaired]),
    iterations: new Set(material.history.attempts.map((attempt) => attempt.iteration)).size,
    modelCalls: spent.calls,
    modelMs: spent.ms,
    modelSteps: spentBySteps(material.ledger),
    tokens: spent.tokens,
    costUsd: spent.costUsd,
    ms: timesOf(material, now),
  };
}

function describeCode(code: RunMaterial['original'], policy: PolicyName): Report['original'] {
  return { code: decoder.decode(code.code), findings: reportedFindings(code.analyses, policy) };
}

function timesOf(material: RunMaterial, now: number): Milliseconds {
  const { document, history } = material;
  const times = { generate: 0, analyze: 0, planEdits: 0, applyEdits: 0, repair: 0, verify: 0 };
  for (const { ms } of history.attempts) {
    times.analyze += ms.analyze;
    times.planEdits += ms.planEdits;
    times.applyEdits += ms.applyEdits;
    times.repair += ms.repair;
    times.verify += ms.verify;
  }
  // What the last steps answered is in no attempt when the run ends before Decide.
  for (const { ms } of document.analyses ?? []) times.analyze += ms;
  for (const { ms } of material.ledger.calls.filter(({ step }) => step === 'Generate')) times.generate += ms;
  times.planEdits += document.plan?.ms ?? 0;
  const total = now - Date.parse(document.state.startedAt);
  const worked = Object.values(times).reduce((sum, ms) => sum + ms, 0);
  return { ...times, total, communication: Math.max(0, total - worked) };
}
