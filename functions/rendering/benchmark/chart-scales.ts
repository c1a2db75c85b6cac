/** A scale of what something takes, with the ticks to write on it. */
export type CostScale = { type: 'log' | 'linear'; domain: [number, number]; ticks: number[] };

/** A scale of powers of ten, where the largest is at least so many times the smallest. */
const WIDE = 20;

/** The scale on which all of these spans can be told apart; at least one of them is above 0. */
export function costScale(spans: readonly { from: number; to: number }[]): CostScale {
  const low = Math.min(...spans.map(({ from }) => from));
  const high = Math.max(...spans.map(({ to }) => to));
  return low <= 0 || high / low < WIDE ? linear(high * 1.05) : logarithmic(low, high);
}

function linear(high: number): CostScale {
  const power = 10 ** Math.floor(Math.log10(high));
  const step = power * ([0.2, 0.5, 1, 2].find((factor) => high / (power * factor) <= 6) ?? 2);
  const steps = Math.ceil(high / step);
  const ticks = Array.from({ length: steps + 1 }, (_, place) => place * step);
  return { type: 'linear', domain: [0, steps * step], ticks };
}

function logarithmic(low: number, high: number): CostScale {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const ticks = Array.from({ length: to - from + 1 }, (_, place) => 10 ** (from + place));
  return { type: 'log', domain: [10 ** from, 10 ** to], ticks };
}
