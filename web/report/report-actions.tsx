'use client';

import { Button, Group, Menu } from '@mantine/core';
import { downloads, type ReportAccess, reportAddress } from './report-access.ts';

type ReportActionsProps = { access: ReportAccess; onShare: () => void; onHelp: () => void };

/** What can be done with the whole report. */
export function ReportActions({ access, onShare, onHelp }: ReportActionsProps) {
  return (
    <Group gap="xs">
      {access.kind === 'owner' && <Button onClick={onShare}>Share</Button>}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default">Download</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {downloads.map(({ format, label, file }) => (
            <Menu.Item key={format} component="a" href={reportAddress(access, format)} download={file}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button variant="subtle" onClick={onHelp} aria-label="Keys">
        ?
      </Button>
    </Group>
  );
}
