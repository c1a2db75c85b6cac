import type { AppliedEdit } from '#domain/edit-plan.ts';
import type { GateName, Light } from '#domain/gates.ts';
import type { Tokens } from '#domain/model-call.ts';
import type { FindingCounts, Milliseconds, Report } from '#domain/report.ts';
import type { Verdict } from '#domain/verdict.ts';
import { generatedLimit, repairedLimit } from './model-words.ts';

/** The words in which every rendering speaks of the same thing. A light always has a symbol and a word. */
export const lightWords: Record<Light, { symbol: string; word: string }> = {
  pass: { symbol: '✓', word: 'pass' },
  fail: { symbol: '✗', word: 'fail' },
  'not-run': { symbol: '–', word: 'not run' },
};

/** `tone` is what the verdict asks of the reader: nothing, a look, or work. */
export const verdictWords: Record<
  Verdict,
  { label: string; symbol: string; tone: 'good' | 'partial' | 'bad' }
> = {
  'already-secure': { label: 'Already secure', symbol: '✓', tone: 'good' },
  secured: { label: 'Secured', symbol: '✓', tone: 'good' },
  hardened: { label: 'Hardened', symbol: '✓', tone: 'good' },
  improved: { label: 'Improved', symbol: '◐', tone: 'partial' },
  unchanged: { label: 'Unchanged', symbol: '✗', tone: 'bad' },
  failed: { label: 'Failed', symbol: '✗', tone: 'bad' },
};

/** What each light says, in the order in which the lights are shown. */
export const gateWords: readonly ({ name: GateName; title: string } & Record<Light, string>)[] = [
  {
    name: 'parses',
    title: 'Parses',
    pass: 'Python reads and compiles it',
    fail: 'Python does not compile it',
    'not-run': 'the code was not read',
  },
  {
    name: 'secure',
    title: 'Secure',
    pass: 'no counted finding is left',
    fail: 'counted findings are left or cannot be ruled out',
    'not-run': 'no analyzer read the code',
  },
  {
    name: 'surface',
    title: 'Surface',
    pass: 'what others see of it is kept',
    fail: 'what others see of it has changed',
    'not-run': 'not compared',
  },
  {
    name: 'honest',
    title: 'Honest',
    pass: 'nothing is hidden or emptied',
    fail: 'something is hidden or emptied',
    'not-run': 'not compared',
  },
  {
    name: 'behavior',
    title: 'Behavior',
    pass: 'it acts the same when run',
    fail: 'it acts differently when run',
    'not-run': 'original and result were not run',
  },
  {
    name: 'tests',
    title: 'Tests',
    pass: 'your tests pass before and after',
    fail: 'your tests do not pass',
    'not-run': 'no tests were run',
  },
];

/** Who asked for an edit. */
export const sourceWords: Record<AppliedEdit['source'], string> = {
  analyzer: 'a finding',
  ggan: 'the graph network',
  both: 'a finding and the graph network',
  compiler: 'Python, which does not compile the code as it is',
};

const STEPS: readonly (readonly [keyof Milliseconds, string])[] = [
  ['generate', 'generate'],
  ['analyze', 'analyze'],
  ['planEdits', 'plan edits'],
  ['applyEdits', 'apply edits'],
  ['repair', 'repair'],
  ['verify', 'verify'],
  ['communication', 'communication'],
];

/** The steps that took time, with their words. */
export function stepTimes(ms: Milliseconds): { step: string; ms: number }[] {
  return STEPS.map(([key, step]) => ({ step, ms: ms[key] })).filter((time) => time.ms > 0);
}

/** `340 ms`, `2.4 s`, `3 min 5 s`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A cost in dollars; an unknown price is never shown as 0. */
export function formatCost(costUsd: number | null): string {
  if (costUsd === null) return 'cost unknown';
  return costUsd === 0 ? 'no cost' : `$${costUsd.toFixed(costUsd < 0.01 ? 4 : 2)}`;
}

/** `1,234 in, 56 out`, marked where we counted in place of a server. */
export function formatTokens({ prompt, completion, estimated }: Tokens): string {
  const figures = [prompt, completion].map((n) => n.toLocaleString('en-US'));
  return `${figures[0]} in, ${figures[1]} out${estimated ? ' (estimated)' : ''}`;
}

/** `1 edit`, `2 edits`. */
export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** Whether any analyzer could read the code: without, figures of 0 say nothing. */
export function isRead({ analyzers }: Pick<Report, 'analyzers'>): boolean {
  return analyzers.some(({ status }) => status === 'analyzed');
}

/** The counted findings as figures in a row. */
export function findingFigures(counts: FindingCounts): string {
  return `${counts.before} before, ${counts.after} after: ${counts.fixed} fixed, ${counts.remaining} remaining, ${counts.introduced} introduced`;
}

/** What the whole of a report does not say, whatever its lights: shown where the lights are. */
export function reportLimits(report: Report): string[] {
  const notRun = gateWords.filter(({ name }) => report.gates[name].light === 'not-run');
  return [
    'Static analysis finds known patterns. No finding left does not mean that no weakness is left.',
    ...(notRun.length > 0
      ? [`Lights that are not run say nothing: ${notRun.map(({ name }) => name).join(', ')}.`]
      : []),
    ...[generatedLimit(report), repairedLimit(report)].filter((limit) => limit !== null),
    ...riskLimits(report),
    `Counted are the findings that matter under the policy '${report.settings.policy}'; the others are shown as informational.`,
  ];
}

function riskLimits({ settings, risk, unassessed }: Report): string[] {
  if (risk !== null)
    return [
      'A risk is an estimate of the graph network: a flagged line may be sound, and one that is not flagged weak.',
    ];
  if (!settings.ggan) return [];
  return [
    `The graph network was to be asked, and says nothing of this code${unassessed === null ? '.' : `: ${unassessed}`}`,
  ];
}
