import { type Arm, type BenchmarkRecord, isSecuredAndKept } from '#domain/benchmark-record.ts';
import {
  type AmountName,
  AmountNameSchema,
  type Figures,
  type OutcomeName,
} from '#domain/benchmark-result.ts';
import { proportionOf } from './proportions.ts';
import { amountOf } from './resampling.ts';

/** Whether it is so of a program; null where that was not or could not be judged. */
export const OUTCOMES: Record<OutcomeName, (record: BenchmarkRecord) => boolean | null> = {
  // The light fails, or does not run, where no analyzer could read the code: that is not clean.
  clean: ({ gates }) => gates.secure === 'pass',
  secured: ({ isSecured }) => isSecured,
  // What is not secured cannot be secured and kept, whatever it does when it is run.
  securedAndKept: (record) => (record.isSecured && record.isKept === null ? null : isSecuredAndKept(record)),
  kept: ({ isKept }) => isKept,
  functionPassed: ({ tests }) => (tests === null ? null : areAllPassed([tests.functional])),
  testsPassed: ({ tests }) => (tests === null ? null : areAllPassed([tests.functional, tests.security])),
};

/** Null where there is no test. */
function areAllPassed(tests: readonly { passed: number; total: number }[]): boolean | null {
  if (tests.every(({ total }) => total === 0)) return null;
  return tests.every(({ passed, total }) => passed === total);
}

/** The figure of one record, null where it has none. */
const AMOUNTS: Record<AmountName, (record: BenchmarkRecord) => number | null> = {
  ggan: ({ ms }) => ms.ggan,
  analysis: ({ ms }) => ms.analysis,
  model: ({ ms }) => ms.model,
  editing: ({ ms }) => ms.edits,
  gates: ({ ms }) => ms.gates,
  communication: ({ ms }) => ms.communication,
  total: ({ ms }) => ms.total,
  msPerLine: ({ ms, input }) => (ms.total === null || input.lines === 0 ? null : ms.total / input.lines),
  outsidePerIteration: ({ ms, iterations }) =>
    ms.total === null || ms.model === null || !iterations ? null : (ms.total - ms.model) / iterations,
  behaviorCheck: ({ ms }) => ms.behaviorCheck,
  promptTokens: ({ tokens }) => tokens?.prompt ?? null,
  outputTokens: ({ tokens }) => tokens?.completion ?? null,
  modelCalls: ({ modelCalls }) => modelCalls,
  costUsd: ({ costUsd }) => costUsd,
  edits: ({ edits }) => edits,
  iterations: ({ iterations }) => iterations,
  transitions: ({ transitions }) => transitions,
  findingsLeft: ({ findings, input }) => (input.analyzed ? findings.after : null),
  cpuSeconds: ({ resources }) => resources?.cpuSeconds ?? null,
  peakMiB: ({ resources }) => resources?.peakMiB ?? null,
};

const OF_THE_MODEL: ReadonlySet<AmountName> = new Set([
  'model',
  'outsidePerIteration',
  'promptTokens',
  'outputTokens',
  'modelCalls',
  'costUsd',
]);

/** The figure of one record of an arm: null too where the arm has no part in it, whatever the record says. */
export function amountIn(amount: AmountName, arm: Arm, record: BenchmarkRecord): number | null {
  if (amount === 'ggan' && !arm.usesGgan) return null;
  if (OF_THE_MODEL.has(amount) && !arm.usesModel) return null;
  return AMOUNTS[amount](record);
}

/** The figures of one arm over some of its records, the same for any order of them. */
export function figuresOf(arm: Arm, records: readonly BenchmarkRecord[], seed: number): Figures {
  const amounts = AmountNameSchema.options.map((name) => {
    const values = records.map((record) => amountIn(name, arm, record)).filter((value) => value !== null);
    return [name, amountOf(values, seed)] as const;
  });
  return {
    outcomes: {
      clean: shareOf('clean', records),
      secured: shareOf('secured', records),
      securedAndKept: shareOf('securedAndKept', records),
      kept: shareOf('kept', records),
      functionPassed: shareOf('functionPassed', records),
      testsPassed: shareOf('testsPassed', records),
    },
    amounts: Object.fromEntries(amounts) as Figures['amounts'],
    unjudged: records.filter((record) => OUTCOMES.securedAndKept(record) === null).length,
    estimated: arm.usesModel ? records.filter(({ tokens }) => tokens?.estimated).length : 0,
  };
}

function shareOf(outcome: OutcomeName, records: readonly BenchmarkRecord[]) {
  const answers = records.map(OUTCOMES[outcome]).filter((answer) => answer !== null);
  return proportionOf(answers.filter(Boolean).length, answers.length);
}
