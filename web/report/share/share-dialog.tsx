'use client';

import { Stack, Tabs } from '@mantine/core';
import type { Report } from '#domain/report.ts';
import { Dialog } from '../../frame/dialog.tsx';
import { ApiCallPanel } from './api-call-panel.tsx';
import { LinkPanel } from './link-panel.tsx';

type ShareDialogProps = { report: Report; runId: string; isOpen: boolean; onClose: () => void };

/** How the report gets to somebody else: by a link that ends, or as a call that a program makes. */
export function ShareDialog({ report, runId, isOpen, onClose }: ShareDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Share this report">
      <Stack>
        <Tabs defaultValue="link" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="link">Link</Tabs.Tab>
            <Tabs.Tab value="api">As an API call</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="link" pt="md">
            <LinkPanel runId={runId} />
          </Tabs.Panel>
          <Tabs.Panel value="api" pt="md">
            <ApiCallPanel report={report} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Dialog>
  );
}
