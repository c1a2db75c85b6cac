'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import { verdictSentence } from '#domain/report/verdict-sentence.ts';
import { findingFigures } from '#domain/report/wording.ts';
import type { RunOutcome } from '#domain/run.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { Foreign } from '../report/foreign.tsx';
import { stepOf } from './rail-steps.ts';
import { useRunAgain } from './use-run-again.ts';

/** How a run ended, and where to go from there. */
export function RunEnding({ id, outcome }: { id: string; outcome: RunOutcome }) {
  const again = useRunAgain();
  const { failure, findings, cancelled } = outcome;
  return (
    <Stack gap="sm">
      <Alert
        variant="light"
        color={failure === null ? 'pine' : 'red'}
        role="status"
        title={failure === null ? 'Finished' : `${stepOf(failure.step) ?? failure.step} failed`}
      >
        {failure !== null && (
          <Text size="sm" mb="xs">
            <Foreign text={failure.message} />
          </Text>
        )}
        <Text size="sm">
          <Foreign text={verdictSentence(outcome)} />
          {findings !== null && ` ${findingFigures(findings)}.`}
          {cancelled && ' It was cancelled, and the best candidate so far is kept.'}
        </Text>
      </Alert>
      <Group>
        <Button component={Link} href={`/reports?id=${id}`}>
          See the report
        </Button>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate(id)}>
          Run it again
        </Button>
        <Button variant="subtle" component={Link} href="/">
          {failure === null ? 'Secure another program' : 'Change something on the workbench'}
        </Button>
      </Group>
      {again.error !== null && <FailureNote error={again.error} />}
    </Stack>
  );
}
