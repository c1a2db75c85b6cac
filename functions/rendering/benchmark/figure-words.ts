import type { Amount, AmountName, Interval, OutcomeName, Proportion } from '#domain/benchmark-result.ts';
import { formatMs } from '#domain/report/wording.ts';

/** How every rendering names what is so or not of a program. */
export const outcomeWords: Record<OutcomeName, string> = {
  clean: 'no finding left',
  secured: 'secured',
  securedAndKept: 'secured and kept',
  kept: 'acts the same',
  functionPassed: 'functional tests pass',
  testsPassed: 'all tests pass',
};

type Unit = 'ms' | 'tokens' | 'usd' | 'count' | 'seconds' | 'MiB';

/** How every rendering names what can be added up, and the unit it is counted in. */
export const amountWords: Record<AmountName, { title: string; unit: Unit }> = {
  ggan: { title: 'gGAN', unit: 'ms' },
  analysis: { title: 'analysis', unit: 'ms' },
  model: { title: 'LLM', unit: 'ms' },
  editing: { title: 'edits made', unit: 'ms' },
  gates: { title: 'gates', unit: 'ms' },
  communication: { title: 'communication', unit: 'ms' },
  total: { title: 'total time', unit: 'ms' },
  msPerLine: { title: 'time per line', unit: 'ms' },
  outsidePerIteration: { title: 'outside the LLM, per iteration', unit: 'ms' },
  behaviorCheck: { title: 'behavior check after', unit: 'ms' },
  promptTokens: { title: 'prompt tokens', unit: 'tokens' },
  outputTokens: { title: 'output tokens', unit: 'tokens' },
  modelCalls: { title: 'LLM calls', unit: 'count' },
  costUsd: { title: 'money', unit: 'usd' },
  edits: { title: 'edits', unit: 'count' },
  iterations: { title: 'iterations', unit: 'count' },
  transitions: { title: 'transitions', unit: 'count' },
  findingsLeft: { title: 'findings left', unit: 'count' },
  cpuSeconds: { title: 'CPU', unit: 'seconds' },
  peakMiB: { title: 'peak memory', unit: 'MiB' },
};

const FORMATS: Record<Unit, (value: number) => string> = {
  ms: (value) => (value < 10 ? `${Number(value.toFixed(2))} ms` : formatMs(value)),
  tokens: (value) => value.toFixed(0),
  usd: (value) => `$${value.toFixed(value < 0.01 ? 5 : value < 1 ? 4 : 2)}`,
  count: (value) => value.toFixed(value < 10 ? 2 : 1),
  seconds: (value) => `${value.toFixed(value < 10 ? 2 : 1)} s`,
  MiB: (value) => `${value.toFixed(value < 10 ? 1 : 0)} MiB`,
};

/** A figure with its unit; a difference keeps its sign. */
export function formatAmount(name: AmountName, value: number): string {
  const text = FORMATS[amountWords[name].unit](Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** Both ends, the unit once where it is the same. */
export function formatAmountRange(name: AmountName, { low, high }: Interval): string {
  const [from, to] = [formatAmount(name, low), formatAmount(name, high)];
  const unit = / .*$/.exec(to)?.[0] ?? '';
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from} to ${to}`;
}

/** `71 of 100`. */
export function formatCount({ count, n }: Proportion): string {
  return `${count} of ${n}`;
}

/** `61 to 79 %`. */
export function formatShareRange({ low, high }: Interval): string {
  return `${formatPoints(low)} to ${formatPoints(high)} %`;
}

/** A share, or a difference of shares, in hundredths and without the sign for them. */
export function formatPoints(share: number): string {
  const points = (Math.abs(share) * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0);
  return share < 0 && Number(points) !== 0 ? `−${points}` : points;
}

/** A p value as papers give it. */
export function formatP(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** The n of an amount, where it is not that of all programs in its row. */
export function formatN({ n }: Amount, programs: number): string {
  return n === programs ? '' : `n ${n}`;
}
