'use client';

import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { UnreachableError } from '../api-client/problems.ts';
import { FailureNote } from '../frame/failure-note.tsx';
import { CopyBlock } from '../report/copy-block.tsx';
import { exampleBody, type Operation } from './openapi.ts';
import { curlOf, type HttpRequest, requestOf } from './request.ts';

const SHOWN_CHARACTERS = 50_000;

/** A form that sends an operation's request, and what comes back. */
export function TryIt({ operation }: { operation: Operation }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(() => exampleBody(operation));
  const request = requestOf(operation, { values, body });
  const sending = useMutation({ mutationFn: () => sendRequest(request) });
  return (
    <Stack
      component="form"
      gap="xs"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      {operation.parameters.map(({ name, in: place, required, description }) => (
        <TextInput
          key={`${place} ${name}`}
          size="xs"
          label={`${name} (${place})`}
          description={description}
          required={required}
          value={values[name] ?? ''}
          onChange={({ currentTarget: { value } }) => setValues((old) => ({ ...old, [name]: value }))}
        />
      ))}
      {body !== null && (
        <Textarea
          size="xs"
          label="Body (JSON)"
          autosize
          minRows={4}
          maxRows={16}
          ff="monospace"
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
      )}
      <Group>
        <Button type="submit" size="xs" loading={sending.isPending}>
          Send
        </Button>
        {operation.method === 'DELETE' && <Text size="xs">This deletes for good.</Text>}
      </Group>
      <CopyBlock label="the request for a shell" text={curlOf(request, window.location.origin)} />
      {sending.error !== null && <FailureNote error={sending.error} />}
      {sending.data && <CopyBlock label="the answer" text={sending.data} />}
    </Stack>
  );
}

async function sendRequest({ method, path, headers, body }: HttpRequest): Promise<string> {
  const response = await fetch(path, { method, headers, body, credentials: 'same-origin' }).catch(() => {
    throw new UnreachableError('The server does not answer.');
  });
  const text = await response.text();
  const shown = pretty(text).slice(0, SHOWN_CHARACTERS);
  return `HTTP ${response.status} ${response.statusText}\n${response.headers.get('content-type') ?? ''}\n\n${shown}`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
