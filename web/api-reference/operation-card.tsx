'use client';

import { Accordion, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import classes from './api-reference.module.css';
import { type OpenApi, type Operation, operationId } from './openapi.ts';
import { SchemaView } from './schema-view.tsx';
import { TryIt } from './try-it.tsx';

type OperationCardProps = { operation: Operation; document: OpenApi; isOpen: boolean };

/** One route: what it takes, what it answers, and a form to try it. */
export function OperationCard({ operation, document, isOpen }: OperationCardProps) {
  const { method, path, summary, description, requestBody, responses } = operation;
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const body = requestBody?.content['application/json']?.schema;
  return (
    <Accordion.Item value={operationId(operation)}>
      <Accordion.Control>
        <span className={classes.method}>{method}</span> <span className={classes.path}>{path}</span>
        <Text size="sm" c="dimmed">
          {summary}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        {wasOpen && (
          <Stack gap="md">
            {description !== undefined && <Text size="sm">{description}</Text>}
            {body && (
              <div>
                <Title order={3} size="h5">
                  Body
                </Title>
                <SchemaView schema={body} document={document} />
              </div>
            )}
            <div>
              <Title order={3} size="h5">
                Answers
              </Title>
              {Object.entries(responses).map(([status, response]) => (
                <details key={status}>
                  <summary>
                    {status} {response.description}
                  </summary>
                  {Object.entries(response.content ?? {}).map(([type, { schema }]) => (
                    <div key={type}>
                      <Text size="xs" c="dimmed">
                        {type}
                      </Text>
                      {schema && <SchemaView schema={schema} document={document} />}
                    </div>
                  ))}
                </details>
              ))}
            </div>
            <div>
              <Title order={3} size="h5" mb="xs">
                Try it
              </Title>
              <TryIt operation={operation} />
            </div>
          </Stack>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
