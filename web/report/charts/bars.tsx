'use client';

import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useReducedMotion } from '@mantine/hooks';

export type BarsProps = {
  data: readonly { name: string; [figure: string]: string | number }[];
  series: readonly { name: string; label?: string; color: string }[];
  /** How a figure is written. */
  format?: (figure: number) => string;
  isHorizontal?: boolean;
};

const ROW_HEIGHT = 34;

/** Bars by name; with `isHorizontal` they lie, so that long names have room. */
export function Bars({ data, series, format, isHorizontal = false }: BarsProps) {
  const isStill = useReducedMotion();
  return (
    <BarChart
      h={isHorizontal ? Math.max(120, data.length * ROW_HEIGHT + 40) : 200}
      data={[...data]}
      dataKey="name"
      series={[...series]}
      {...(format ? { valueFormatter: format } : {})}
      // In the order of the series, not of the alphabet.
      legendProps={{ itemSorter: null }}
      withLegend={series.length > 1}
      orientation={isHorizontal ? 'vertical' : 'horizontal'}
      gridAxis={isHorizontal ? 'x' : 'y'}
      tickLine="none"
      maxBarWidth={28}
      yAxisProps={isHorizontal ? { width: 100 } : { allowDecimals: false }}
      xAxisProps={isHorizontal ? { allowDecimals: false } : {}}
      barProps={{ isAnimationActive: !isStill, radius: 3 }}
      // The chart is drawn for the eye: the table below it is what can be reached and read aloud.
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}
