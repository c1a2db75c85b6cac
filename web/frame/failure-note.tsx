'use client';

import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { ProblemError, UnreachableError } from '../api-client/problems.ts';

type FailureNoteProps = { error: unknown; title?: string; onRetry?: () => void };

/** What failed, in words, with what can be done about it. */
export function FailureNote({ error, title, onRetry }: FailureNoteProps) {
  const problem = error instanceof ProblemError ? error.problem : null;
  return (
    <Alert color="red" variant="light" role="alert" title={title ?? titleOf(error)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{adviceOf(error)}</Text>
        {problem?.errors && problem.errors.length > 0 && (
          <List size="sm">
            {problem.errors.map(({ field, message }) => (
              <List.Item key={`${field} ${message}`}>
                <Code>{field}</Code> {message}
              </List.Item>
            ))}
          </List>
        )}
        {problem?.requestId && <Text size="xs">Request {problem.requestId}</Text>}
        {onRetry && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

function titleOf(error: unknown): string {
  if (error instanceof UnreachableError) return 'SGCode does not answer';
  if (error instanceof ProblemError) return error.problem.title;
  return 'Something went wrong on this page';
}

function adviceOf(error: unknown): string {
  if (error instanceof UnreachableError) {
    return navigator.onLine
      ? 'No answer came: the server may have been stopped. What you typed is still here.'
      : 'This device is offline. What you typed is still here.';
  }
  const wait = error instanceof ProblemError ? error.retryAfterSeconds : null;
  const message = error instanceof Error ? error.message : String(error);
  return wait === null || wait < 2 ? message : `${message} Try again in ${waitWords(wait)}.`;
}

function waitWords(seconds: number): string {
  return seconds < 120 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
