'use client';

import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { modelNames } from '#domain/report/model-words.ts';
import type { Report } from '#domain/report.ts';
import { Foreign } from './foreign.tsx';
import { headline } from './headline.ts';
import classes from './report.module.css';

/** The verdict with its figures, before anything else; `actions` are what can be done with the report. */
export function VerdictHead({ report, actions }: { report: Report; actions: ReactNode }) {
  const { sentence, figures, symbol, tone } = headline(report);
  const models = modelNames(report.settings.models).map(({ words }) => words);
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <Stack gap={4} className={classes.head} data-tone={tone} flex="1 1 20rem" miw={0}>
        <Text size="sm" c="dimmed" className={classes.foreign}>
          <Foreign text={report.path} />,{' '}
          <time dateTime={report.createdAt}>{shownDate(report.createdAt)}</time>
        </Text>
        <Title order={1} size="h2" className={classes.foreign}>
          <span className={classes.symbol} aria-hidden="true">
            {symbol}{' '}
          </span>
          <bdi>{sentence}</bdi>
        </Title>
        <Text fw={500}>{figures}</Text>
        <Text size="sm" c="dimmed" className={classes.foreign}>
          Mechanism {report.settings.mechanism}
          {models.length > 0 && (
            <>
              {' '}
              with <bdi>{models.join(', ')}</bdi>
            </>
          )}
          , policy {report.settings.policy}
        </Text>
      </Stack>
      {actions}
    </Group>
  );
}

/** A moment as every page writes it, in UTC: a shared report is read elsewhere. */
export function shownDate(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
