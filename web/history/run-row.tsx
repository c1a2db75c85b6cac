'use client';

import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { verdictWords } from '#domain/report/wording.ts';
import type { Run } from '#domain/run.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { Foreign } from '../report/foreign.tsx';
import { Tag } from '../report/tag.tsx';
import { mechanismTitles } from '../workbench/mechanism-words.ts';
import classes from './run-row.module.css';
import { useDeleteRun } from './use-runs.ts';

/** One run of the history, with the ways to it and out of it. */
export function RunRow({ run }: { run: Run }) {
  const isFinished = run.status === 'finished';
  const findings = run.outcome?.findings;
  return (
    <Paper component="li" withBorder p="sm" className={classes.row}>
      <div className={classes.name}>
        <Anchor component={Link} href={`/${isFinished ? 'reports' : 'runs'}?id=${run.id}`} fw={600}>
          <Foreign text={run.path} />
        </Anchor>
        <Text size="xs" c="dimmed">
          {mechanismTitles[run.settings.mechanism]}
          {run.input === 'prompt' && ', from a prompt'} · <RunTime at={run.createdAt} />
        </Text>
      </div>
      <div>
        <RunTag run={run} />
      </div>
      <Text size="sm" className={classes.findings}>
        {findings ? `${findings.before} → ${findings.after} findings` : ''}
      </Text>
      <DeleteButton run={run} />
    </Paper>
  );
}

function RunTag({ run: { status, outcome, cancelRequested } }: { run: Run }) {
  if (outcome === null) {
    return (
      <Tag tone="quiet">{cancelRequested ? 'Stopping' : status === 'queued' ? 'Waiting' : 'At work'}</Tag>
    );
  }
  const { symbol, label, tone } = verdictWords[outcome.verdict];
  return <Tag tone={tone}>{`${symbol} ${label}`}</Tag>;
}

function RunTime({ at }: { at: string }) {
  const words = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return <time dateTime={at}>{words}</time>;
}

function DeleteButton({ run: { id, path } }: { run: Run }) {
  const [isAsked, setAsked] = useState(false);
  const deleting = useDeleteRun();
  if (deleting.error !== null) {
    return <FailureNote error={deleting.error} onRetry={() => deleting.mutate(id)} />;
  }
  if (!isAsked) {
    return (
      <Button
        size="xs"
        variant="subtle"
        color="red"
        aria-label={`Delete ${path}`}
        onClick={() => setAsked(true)}
      >
        Delete
      </Button>
    );
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="xs"
        color="red"
        data-autofocus
        loading={deleting.isPending}
        onClick={() => deleting.mutate(id)}
        title="The code, the report, its shares and everything that the run left"
      >
        Delete for good
      </Button>
      <Button size="xs" variant="default" disabled={deleting.isPending} onClick={() => setAsked(false)}>
        Keep
      </Button>
    </Group>
  );
}
