import { Paper, Text, Title } from '@mantine/core';
import type { RunEvent } from '#domain/run-events.ts';
import { Foreign } from '../report/foreign.tsx';
import classes from './event-log.module.css';
import { stepOf } from './rail-steps.ts';

/** What the run did, the newest at the end. */
export function EventLog({ events }: { events: readonly RunEvent[] }) {
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="log-title">
      <Title order={2} size="h4" id="log-title" mb="xs">
        Log
      </Title>
      {events.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing has happened yet.
        </Text>
      ) : (
        <ol className={classes.log} aria-live="polite" aria-relevant="additions">
          {events.map(({ number, at, step, iteration, note }) => (
            <li key={number}>
              <time dateTime={at}>{clockOf(at)}</time>
              <span className={classes.step}>{stepOf(step) ?? step}</span>
              <span>{note === null ? `iteration ${iteration}` : <Foreign text={note} />}</span>
            </li>
          ))}
        </ol>
      )}
    </Paper>
  );
}

function clockOf(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
