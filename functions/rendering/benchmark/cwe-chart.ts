import { axisFy, axisX, axisY, barX, gridX, ruleX, ruleY, tickX } from '@observablehq/plot';
import type { BenchmarkResult } from '#domain/benchmark-result.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { colorsOf } from './arm-colors.ts';
import { shortLabel } from './chart-labels.ts';
import { type Chart, drawChart } from './chart-svg.ts';

const BAR_HEIGHT = 17;
const GROUP_GAP = 14;

/** Of a letter in the name of an arm, on average. */
const LETTER_WIDTH = 6.5;

/** Bars of the share secured and kept for each CWE and arm, with intervals; null where there is nothing to show. */
export function cweChart({ tables, arms }: BenchmarkResult): Chart | null {
  const rows = tables.find(({ name }) => name === 'cwe')?.rows ?? [];
  const bars = rows.flatMap(({ group, arm, outcomes: { clean, securedAndKept } }) => {
    if (securedAndKept === null) return [];
    const { share, interval } = securedAndKept;
    return [
      {
        group,
        arm,
        share: share * 100,
        low: interval.low * 100,
        high: interval.high * 100,
        clean: (clean?.share ?? 0) * 100,
      },
    ];
  });
  if (bars.length === 0) return null;
  const colors = colorsOf(arms);
  const shown = arms.map(({ name }) => name).filter((name) => bars.some(({ arm }) => arm === name));
  const groups = [...new Set(bars.map(({ group }) => group))];
  const labels = new Map(shown.map((name) => [name, shortLabel(visibleLine(name))]));
  const armMargin = Math.max(...[...labels.values()].map(({ length }) => length)) * LETTER_WIDTH + 20;
  const place = { y: 'arm', fy: 'group' } as const;
  const height = groups.length * (shown.length * BAR_HEIGHT + GROUP_GAP) + 60;
  return drawChart(
    {
      title: 'Secured and kept, by CWE',
      description:
        'A bar for each arm in each CWE: the share of programs secured and kept, with a 95 % interval as a line across its end. A short upright line marks the share with no counted finding left, whatever became of the program. The table below has the same figures.',
    },
    [
      gridX(),
      axisX({ anchor: 'bottom', label: 'secured and kept, % of programs', labelAnchor: 'center' }),
      axisY({ label: null, tickSize: 0, tickFormat: (name: string) => labels.get(name) ?? '' }),
      axisFy({ anchor: 'left', label: null, dx: -armMargin, tickSize: 0 }),
      barX(bars, {
        ...place,
        x: 'share',
        fill: ({ arm }) => colors.get(arm) ?? 'currentColor',
        fillOpacity: 0.8,
        insetTop: 1,
        insetBottom: 1,
      }),
      ruleY(bars, { ...place, x1: 'low', x2: 'high', stroke: 'currentColor', strokeWidth: 1.5 }),
      tickX(bars, {
        ...place,
        x: 'clean',
        stroke: 'currentColor',
        strokeWidth: 2.5,
        insetTop: 3,
        insetBottom: 3,
      }),
      ruleX([0]),
    ],
    {
      width: 900,
      height,
      marginLeft: armMargin + 80,
      marginRight: 20,
      marginBottom: 40,
      x: { domain: [0, 100] },
      y: { domain: shown, padding: 0 },
      fy: { domain: groups, padding: GROUP_GAP / (shown.length * BAR_HEIGHT + GROUP_GAP) },
    },
  );
}
