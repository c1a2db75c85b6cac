'use client';

import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import dynamic from 'next/dynamic';
import { formatMs, formatTokens } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import type { BarsProps } from './bars.tsx';
import { ChartCard } from './chart-card.tsx';
import { countsBy, countsByCwe, timeByStep, tokensByStep } from './chart-figures.ts';

const Bars = dynamic<BarsProps>(() => import('./bars.tsx').then(({ Bars: Chart }) => Chart), {
  ssr: false,
  loading: () => <Skeleton height={220} role="status" aria-label="The chart is being drawn" />,
});

const sides = [
  { name: 'before', color: 'var(--chart-before)' },
  { name: 'after', color: 'var(--chart-after)' },
];

/** The figures as charts, each with its table. */
export function ChartsTab({ report }: { report: Report }) {
  const cwes = countsByCwe(report);
  const times = timeByStep(report);
  const steps = tokensByStep(report);
  const { tokens, ms } = report;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {(['severity', 'confidence'] as const).map((key) => {
          const rows = countsBy(report, key);
          return (
            <ChartCard
              key={key}
              title={`Counted findings by ${key}`}
              head={[key, 'Before', 'After']}
              rows={rows.map(({ name, before, after }) => [name, `${before}`, `${after}`])}
            >
              <Bars data={rows} series={sides} />
            </ChartCard>
          );
        })}
        <ChartCard
          title="Counted findings by weakness"
          head={['Weakness', 'Before', 'After']}
          rows={cwes.map(({ name, title, before, after }) => [`${name} ${title}`, `${before}`, `${after}`])}
        >
          <Bars data={cwes} series={sides} isHorizontal />
        </ChartCard>
        <ChartCard
          title={`Time by step, ${formatMs(ms.total)} in all`}
          head={['Step', 'Time', 'Share']}
          rows={times.map(({ name, ms: time, share }) => [
            name,
            formatMs(time),
            `${Math.round(share * 100)} %`,
          ])}
        >
          <Bars
            data={times}
            series={[{ name: 'ms', color: 'var(--chart-after)' }]}
            format={formatMs}
            isHorizontal
          />
        </ChartCard>
        <ChartCard
          title={`Tokens by step, ${formatTokens(tokens)}`}
          head={['Step', 'In', 'Out']}
          rows={steps.map(({ name, prompt, completion }) => [
            name,
            prompt.toLocaleString('en-US'),
            completion.toLocaleString('en-US'),
          ])}
        >
          <Bars
            data={steps}
            series={[
              { name: 'prompt', label: 'in', color: 'var(--chart-before)' },
              { name: 'completion', label: 'out', color: 'var(--chart-after)' },
            ]}
            isHorizontal
          />
        </ChartCard>
      </SimpleGrid>
    </Stack>
  );
}
