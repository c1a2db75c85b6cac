import { List, Stack, Text, Title } from '@mantine/core';
import { openDecisions } from '#domain/report/open-decisions.ts';
import type { Report } from '#domain/report.ts';
import { Foreign } from './foreign.tsx';
import classes from './report.module.css';

/** More places are folded away. */
const MOST_PLACES = 5;

/** What the reader has to do: variables to set, places to decide on; nothing where there is nothing. */
export function LeftToDo({ report }: { report: Report }) {
  const decisions = openDecisions(report).map(({ line, about, reason }) => (
    <List.Item key={`${line} ${about} ${reason}`}>
      Line {line}, <Foreign text={about} />: <Foreign text={reason} />
    </List.Item>
  ));
  if (report.environment.length === 0 && decisions.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-labelledby="left" className={classes.card}>
      <Title order={2} id="left">
        Left to you
      </Title>
      {report.environment.length > 0 && (
        <div>
          <Text size="sm">The program now reads these environment variables:</Text>
          <List size="sm">
            {report.environment.map(({ name, required }) => (
              <List.Item key={name}>
                <code>{name}</code>{' '}
                {required
                  ? 'is required: set it before the program runs.'
                  : 'is optional: there is a harmless default.'}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      {decisions.length > 0 && (
        <div className={classes.foreign}>
          <Text size="sm">A person must decide here:</Text>
          <List size="sm">{decisions.slice(0, MOST_PLACES)}</List>
          {decisions.length > MOST_PLACES && (
            <details className={classes.more}>
              <summary>{decisions.length - MOST_PLACES} more</summary>
              <List size="sm">{decisions.slice(MOST_PLACES)}</List>
            </details>
          )}
        </div>
      )}
    </Stack>
  );
}
