'use client';

import { Accordion, Anchor, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sendForJson } from '../api-client/send.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { listOperations, type OpenApi, OpenApiSchema, operationId } from './openapi.ts';
import { OperationCard } from './operation-card.tsx';

const ADDRESS = '/v1/openapi.json';

/** The API's own description, to be read and tried. */
export function ApiScreen() {
  const document = useQuery({
    queryKey: ['openapi'],
    queryFn: ({ signal }) => sendForJson(OpenApiSchema, ADDRESS, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>API</Title>
        <Text c="dimmed">
          Everything on these pages is done with this API. Its description is an{' '}
          <Anchor href={ADDRESS}>OpenAPI document</Anchor>; what goes wrong is a problem document of RFC 9457.
        </Text>
      </div>
      {document.isPending && <ApiLoading />}
      {document.error !== null && (
        <FailureNote error={document.error} onRetry={() => void document.refetch()} />
      )}
      {document.data && <Operations document={document.data} />}
    </Stack>
  );
}

function Operations({ document }: { document: OpenApi }) {
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const shown = listOperations(document).filter(({ method, path, summary = '' }) =>
    `${method} ${path} ${summary}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <>
      <TextInput
        label="Search"
        type="search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Accordion variant="separated" value={open} onChange={setOpen} order={2}>
        {shown.map((operation) => {
          const id = operationId(operation);
          return <OperationCard key={id} operation={operation} document={document} isOpen={open === id} />;
        })}
      </Accordion>
      {shown.length === 0 && <Text>No route matches.</Text>}
    </>
  );
}

function ApiLoading() {
  return (
    <Stack role="status" aria-label="The description is loading" gap="xs">
      <Skeleton height={56} />
      <Skeleton height={56} />
      <Skeleton height={56} />
    </Stack>
  );
}
