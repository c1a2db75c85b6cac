'use client';

import { Button, Grid, Kbd, Stack, Text, Title } from '@mantine/core';
import { FailureNote } from '../frame/failure-note.tsx';
import { ChoicePanel } from './choice-panel.tsx';
import { ExampleCards } from './example-cards.tsx';
import { InputTabs } from './input-tabs.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { useWorkbench, type WorkbenchState } from './use-workbench.ts';
import classes from './workbench.module.css';

/** Where a run begins: a prompt or code, what secures it, and Run. */
export function Workbench() {
  const state = useWorkbench();
  const isDropping = useFileDrop(state.files.take);
  return (
    <Stack gap="lg">
      <header>
        <Title order={1}>Secure a Python program</Title>
        <Text c="dimmed">
          Findings are fixed, and the result is checked to be the same program. You get both, with the
          evidence.
        </Text>
      </header>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <InputTabs {...state} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="sm">
            <ChoicePanel
              choices={state.choices}
              mechanism={state.mechanism}
              input={state.input}
              onChange={state.changeChoices}
            />
            <RunButton {...state} />
            {state.error !== null && <FailureNote error={state.error} title="The run did not begin" />}
          </Stack>
        </Grid.Col>
      </Grid>
      <ExampleCards isBusy={state.isBusy} onRun={state.runExample} />
      {isDropping && <div className={classes.dropHint}>Drop Python files, or a zip archive of them</div>}
    </Stack>
  );
}

function RunButton({ reason, isBusy, isBatch, files, start }: WorkbenchState) {
  return (
    <>
      <Button
        size="md"
        fullWidth
        disabled={reason !== null}
        loading={isBusy}
        onClick={start}
        aria-describedby="run-note"
      >
        {isBatch ? `Run ${files.batch.length} programs` : 'Run'}
      </Button>
      <Text size="xs" c="dimmed" id="run-note">
        {reason ?? (
          <>
            <Kbd size="xs">Ctrl</Kbd> or <Kbd size="xs">⌘</Kbd> with <Kbd size="xs">Enter</Kbd> runs it, too.
          </>
        )}
      </Text>
    </>
  );
}
