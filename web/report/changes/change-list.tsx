'use client';

import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import reportClasses from '../report.module.css';
import type { Change } from './change-set.ts';
import { changeReasons, changeTitle } from './change-words.ts';
import classes from './changes.module.css';

type ChangeListProps = {
  changes: readonly Change[];
  refused: ReadonlySet<number>;
  current: number;
  /** Null where the reader may not choose: the report is somebody else's. */
  onToggle: ((index: number) => void) | null;
  onJump: (index: number) => void;
};

/** Every change with its reason: to be gone to, and for the owner to be kept or refused one by one. */
export function ChangeList({ changes, refused, current, onToggle, onJump }: ChangeListProps) {
  return (
    <ol className={classes.changes} aria-label="Changes">
      {changes.map((change, index) => {
        const title = changeTitle(change);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a change is what stands at its number
          <li key={index} aria-current={index === current ? 'true' : undefined}>
            <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
              <Stack gap={0} miw={0}>
                {onToggle === null ? (
                  <Text size="sm" fw={600}>
                    {`${index + 1}: ${title}`}
                  </Text>
                ) : (
                  <Checkbox
                    size="sm"
                    label={`Keep ${index + 1}: ${title}`}
                    checked={!refused.has(index)}
                    onChange={() => onToggle(index)}
                  />
                )}
                {changeReasons(change).map((reason) => (
                  <Text
                    key={reason}
                    size="xs"
                    c="dimmed"
                    className={reportClasses.foreign}
                    pl={onToggle === null ? 0 : 30}
                  >
                    <bdi>{reason}</bdi>
                  </Text>
                ))}
              </Stack>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onJump(index)}
                aria-label={`Show change ${index + 1}`}
              >
                Show
              </Button>
            </Group>
          </li>
        );
      })}
    </ol>
  );
}
