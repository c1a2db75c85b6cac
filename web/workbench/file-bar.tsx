'use client';

import { Alert, Badge, Button, CloseButton, FileButton, Group, List, Text } from '@mantine/core';
import type { ReadFiles } from './read-files.ts';
import type { Draft } from './use-draft.ts';

type FileBarProps = {
  draft: Draft;
  refused: ReadFiles['refused'];
  onFiles: (files: File[]) => void;
  onTests: (tests: Draft['tests'] | File) => void;
};

/** Takes programs and a test file in, and names what was taken. */
export function FileBar({ draft, refused, onFiles, onTests }: FileBarProps) {
  return (
    <>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <FileButton accept=".py,.pyw,.zip" multiple onChange={onFiles}>
            {(props) => (
              <Button {...props} size="xs" variant="default">
                Upload .py or .zip
              </Button>
            )}
          </FileButton>
          <Text size="xs" c="dimmed" visibleFrom="xs">
            or drop files on the page
          </Text>
        </Group>
        {draft.tests === null ? (
          <FileButton accept=".py" onChange={(file) => file && onTests(file)}>
            {(props) => (
              <Button {...props} size="xs" variant="subtle">
                Add your tests (optional)
              </Button>
            )}
          </FileButton>
        ) : (
          <Badge
            variant="light"
            size="lg"
            tt="none"
            rightSection={
              <CloseButton
                size="xs"
                aria-label={`Remove ${draft.tests.name}`}
                onClick={() => onTests(null)}
              />
            }
          >
            Tests: {draft.tests.name}
          </Badge>
        )}
      </Group>
      {refused.length > 0 && (
        <Alert color="yellow" variant="light" title="Not taken" role="alert">
          <List size="sm">
            {refused.slice(0, 5).map(({ name, reason }) => (
              <List.Item key={`${name} ${reason}`}>
                <bdi>{name}</bdi>: {reason}
              </List.Item>
            ))}
            {refused.length > 5 && <List.Item>and {refused.length - 5} more</List.Item>}
          </List>
        </Alert>
      )}
    </>
  );
}
