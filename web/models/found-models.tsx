import { Button, Group, Stack, Text } from '@mantine/core';
import type { KnownModels } from '#domain/known-models.ts';

const SHOWN = 8;

type FoundModelsProps = { known: KnownModels | undefined; onPick: (name: string, baseUrl: string) => void };

/** Models on this machine's servers, each one click from being used. */
export function FoundModels({ known, onPick }: FoundModelsProps) {
  if (known === undefined || !known.callsLocalServers) return null;
  const found = known.servers.flatMap(({ name: server, baseUrl, models }) =>
    models.map(({ name }) => ({ name, baseUrl, server })),
  );
  if (found.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No server of models was found on this machine (Ollama, LM Studio, llama.cpp, vLLM).
      </Text>
    );
  }
  return (
    <Stack gap={4}>
      <Text size="sm">Found on this machine:</Text>
      <Group gap="xs">
        {found.slice(0, SHOWN).map(({ name, baseUrl, server }) => (
          <Button
            key={`${baseUrl} ${name}`}
            size="xs"
            variant="light"
            h="auto"
            py={6}
            styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere' } }}
            onClick={() => onPick(name, baseUrl)}
          >
            {name} · {server}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
