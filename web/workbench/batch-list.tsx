import { Button, Group, List, Paper, Text } from '@mantine/core';
import type { Program } from './use-draft.ts';

const SHOWN = 20;

type BatchListProps = { programs: readonly Program[]; onClear: () => void };

/** Programs that came together; each becomes a run of its own. */
export function BatchList({ programs, onClear }: BatchListProps) {
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{programs.length} programs, each becomes a run</Text>
        <Button size="xs" variant="default" onClick={onClear}>
          Back to the editor
        </Button>
      </Group>
      <List size="sm">
        {programs.slice(0, SHOWN).map(({ path, code }) => (
          <List.Item key={path}>
            <bdi>{path}</bdi>, {code.split('\n').length} lines
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
