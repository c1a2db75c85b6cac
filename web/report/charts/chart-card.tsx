import { Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import reportClasses from '../report.module.css';
import classes from './charts.module.css';

type ChartCardProps = {
  title: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  children: ReactNode;
};

/** A chart with the figures that it is made of: a chart says nothing to whoever does not see it. */
export function ChartCard({ title, head, rows, children }: ChartCardProps) {
  return (
    <section className={reportClasses.card} aria-label={title}>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing to show.
        </Text>
      ) : (
        <>
          <div aria-hidden="true" className={classes.chart}>
            {children}
          </div>
          <Table withRowBorders={false} verticalSpacing={2} fz="sm" aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                {head.map((cell, index) => (
                  <Table.Th key={cell} scope="col" ta={index === 0 ? 'left' : 'right'}>
                    {cell}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(([name = '', ...figures]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400} className={reportClasses.foreign}>
                    {name}
                  </Table.Th>
                  {figures.map((figure, index) => (
                    <Table.Td key={head[index + 1]} ta="right">
                      {figure}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </section>
  );
}
