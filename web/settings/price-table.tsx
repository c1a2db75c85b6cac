import { Skeleton, Table, Text } from '@mantine/core';
import type { KnownModels } from '#domain/known-models.ts';
import { ScrollRegion } from '../frame/scroll-region.tsx';
import { SettingsSection } from './settings-section.tsx';

type PriceTableProps = { prices: KnownModels['prices'] | undefined };

/** What models cost, as far as that is known, with where and when it was read. */
export function PriceTable({ prices }: PriceTableProps) {
  return (
    <SettingsSection
      title="Prices"
      about="US dollars for a million tokens. A model that is not listed has no known price; its cost is then shown as unknown, never as nothing."
    >
      {prices === undefined ? (
        <Skeleton height={160} />
      ) : (
        <ScrollRegion label="Prices of models">
          <Table stickyHeader striped>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Model</Table.Th>
                <Table.Th ta="right">Input</Table.Th>
                <Table.Th ta="right">Cached</Table.Th>
                <Table.Th ta="right">Output</Table.Th>
                <Table.Th>As of</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {prices.map(({ id, names, usdPerMillion, asOf, note }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    {names.join(', ')}
                    {note !== null && (
                      <Text size="xs" c="dimmed">
                        {note}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td ta="right">{usdPerMillion.input}</Table.Td>
                  <Table.Td ta="right">{usdPerMillion.cached ?? '—'}</Table.Td>
                  <Table.Td ta="right">{usdPerMillion.output}</Table.Td>
                  <Table.Td>{asOf ?? '—'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollRegion>
      )}
    </SettingsSection>
  );
}
