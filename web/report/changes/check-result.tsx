'use client';

import { Button, Group, List, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CodeCheck } from '#domain/code-check.ts';
import { gateWords, lightWords } from '#domain/report/wording.ts';
import { FailureNote } from '../../frame/failure-note.tsx';
import { Foreign } from '../foreign.tsx';
import classes from '../report.module.css';
import { Tag } from '../tag.tsx';
import type { Selection } from './change-set.ts';
import { checkCode } from './check-code.ts';
import { SaveCode } from './save-code.tsx';

type CheckResultProps = {
  runId: string;
  path: string;
  selection: Selection;
  refused: ReadonlySet<number>;
  onReset: () => void;
};

/** How the program without the refused changes stands against the original, asked anew for each choice. */
export function CheckResult({ runId, path, selection, refused, onReset }: CheckResultProps) {
  const check = useQuery({
    queryKey: ['check', runId, [...refused].sort((a, b) => a - b)],
    queryFn: ({ signal }) => checkCode(runId, selection, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className={classes.card} aria-live="polite" aria-label="Check of your choice">
      <Stack gap="xs">
        {check.isPending && (
          <Group gap="xs">
            <Loader size="xs" aria-hidden="true" />
            <Text size="sm">
              Checking the program without {refused.size === 1 ? 'that change' : 'those changes'}…
            </Text>
          </Group>
        )}
        {check.isError && <FailureNote error={check.error} onRetry={() => void check.refetch()} />}
        {check.isSuccess && <Judged check={check.data} />}
        <Group gap="xs">
          <SaveCode code={selection.code} path={path} />
          <Button size="xs" variant="default" onClick={onReset}>
            Keep every change again
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

function Judged({ check }: { check: CodeCheck }) {
  const { after, introduced } = check.findings;
  return (
    <>
      <Text fw={600}>
        {check.accepted ? '✓ It may replace the original: ' : '✗ It may not replace the original: '}
        {after} counted {after === 1 ? 'finding is' : 'findings are'} left, {introduced} introduced.
      </Text>
      {check.reasons.length > 0 && (
        <List size="sm" className={classes.foreign}>
          {check.reasons.map((reason) => (
            <List.Item key={reason}>
              <Foreign text={reason} />
            </List.Item>
          ))}
        </List>
      )}
      <div className={classes.tags}>
        {gateWords.map(({ name, title }) => {
          const { light } = check.gates[name];
          const { symbol, word } = lightWords[light];
          const tone = light === 'pass' ? 'good' : light === 'fail' ? 'bad' : 'quiet';
          return <Tag key={name} tone={tone}>{`${title}: ${symbol} ${word}`}</Tag>;
        })}
      </div>
    </>
  );
}
