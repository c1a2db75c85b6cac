import { axisX, axisY, dot, gridX, gridY, link, ruleX, ruleY, text } from '@observablehq/plot';
import type { AmountName, BenchmarkResult } from '#domain/benchmark-result.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { colorsOf } from './arm-colors.ts';
import { shortLabel, spreadOut } from './chart-labels.ts';
import { type CostScale, costScale } from './chart-scales.ts';
import { type Chart, drawChart } from './chart-svg.ts';
import { amountWords, formatAmount } from './figure-words.ts';

/** Share and cost of one arm with both intervals, its color, and how high its name stands. */
type Point = {
  arm: string;
  color: string;
  x: number;
  from: number;
  to: number;
  share: number;
  low: number;
  high: number;
  labelAt: number;
};

/** Names of arms stand at least so many points of the share apart. */
const LABEL_GAP = 7;

/** Each arm's share secured and kept against what it takes; null where no arm has both, or nothing was paid. */
export function costChart(result: BenchmarkResult, amount: AmountName): Chart | null {
  const points = pointsOf(result, amount);
  if (!points.some(({ x }) => x > 0)) return null;
  const { title } = amountWords[amount];
  const scale = costScale(points);
  return drawChart(
    {
      title: `Secured and kept against ${title}`,
      description: `A point for each arm: to the right what it takes per program (${title}), upward the share secured and kept, each with a 95 % interval. Up and left is better. An arm that has no ${title} is not shown. The tables below have the same figures.`,
    },
    [...axes(amount, scale), ...marks(points, scale)],
    {
      width: 900,
      height: 380,
      marginLeft: 50,
      marginRight: 200,
      marginBottom: 45,
      marginTop: 25,
      x: { type: scale.type, domain: scale.domain },
      y: { domain: [0, 100] },
    },
  );
}

function pointsOf({ tables, arms }: BenchmarkResult, amount: AmountName): Point[] {
  const colors = colorsOf(arms);
  const rows = tables.find(({ name }) => name === 'all')?.rows ?? [];
  const points = rows.flatMap(({ arm, outcomes: { securedAndKept }, amounts }) => {
    const cost = amounts[amount];
    if (securedAndKept === null || cost === null) return [];
    const { share, interval } = securedAndKept;
    const { low: from, high: to } = cost.interval ?? { low: cost.mean, high: cost.mean };
    const ends = { low: interval.low * 100, high: interval.high * 100 };
    return [
      { arm, color: colors.get(arm) ?? 'currentColor', x: cost.mean, from, to, share: share * 100, ...ends },
    ];
  });
  const heights = spreadOut(
    points.map(({ share }) => share),
    LABEL_GAP,
    0,
    100,
  );
  return points.map((point, place) => ({ ...point, labelAt: heights[place] ?? 0 }));
}

function axes(amount: AmountName, { ticks }: CostScale) {
  return [
    gridX({ ticks }),
    gridY(),
    axisX({
      ticks,
      label: `${amountWords[amount].title} per program, mean`,
      labelAnchor: 'center',
      tickFormat: (value: number) => formatAmount(amount, value),
    }),
    axisY({ label: 'secured and kept, % of programs' }),
  ];
}

function marks(points: readonly Point[], { domain }: CostScale) {
  const all = [...points];
  const color = ({ color: own }: Point) => own;
  const end = () => domain[1];
  return [
    link(all, { x1: 'x', y1: 'share', x2: end, y2: 'labelAt', stroke: color, strokeOpacity: 0.5 }),
    ruleX(all, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 2 }),
    ruleY(all, { y: 'share', x1: 'from', x2: 'to', stroke: color, strokeWidth: 2 }),
    dot(all, { x: 'x', y: 'share', fill: color, r: 6 }),
    text(all, {
      x: end,
      y: 'labelAt',
      text: ({ arm }: Point) => shortLabel(visibleLine(arm)),
      textAnchor: 'start',
      dx: 6,
      fill: 'currentColor',
    }),
  ];
}
