'use client';

import { Stack, Tabs, Text } from '@mantine/core';
import type { Report } from '#domain/report.ts';
import { CopyBlock } from '../copy-block.tsx';
import { apiCalls } from './api-calls.ts';

/** This run as a program would ask for it. */
export function ApiCallPanel({ report }: { report: Report }) {
  const calls = apiCalls(report, window.location.origin);
  const hasModel = report.settings.models.general !== null || report.settings.models.safecoder !== null;
  return (
    <Stack gap="xs">
      <Text size="sm">
        The same input with the same settings, from anywhere that reaches this server.
        {hasModel ? ' The key of the model is read from the environment.' : ''}
      </Text>
      <Tabs defaultValue="curl" keepMounted={false} variant="outline">
        <Tabs.List>
          {calls.map(({ language }) => (
            <Tabs.Tab key={language} value={language}>
              {language}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {calls.map(({ language, code }) => (
          <Tabs.Panel key={language} value={language} pt="xs">
            <CopyBlock label={`the call in ${language}`} text={code} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
