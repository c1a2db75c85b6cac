'use client';

import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { countOf } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { CweLink } from '../cwe-link.tsx';
import { FindingCard } from './finding-card.tsx';
import { type FindingGroup, type FindingGroups, rowsInOrder } from './finding-groups.ts';
import { NothingFound } from './nothing-found.tsx';

type FindingsTabProps = {
  report: Report;
  groups: FindingGroups;
  /** The key of the finding that is looked at. */
  selected: string | null;
  onSelect: (key: string) => void;
};

/** A report may hold a thousand findings: as many as this are drawn, and more when asked. */
const AT_ONCE = 40;

/** Every finding, original beside secured, by weakness. */
export function FindingsTab({ report, groups, selected, onSelect }: FindingsTabProps) {
  const rows = rowsInOrder(groups);
  const [asked, setAsked] = useState(AT_ONCE);
  const reached = rows.findIndex(({ key }) => key === selected) + 1;
  const shown = new Set(rows.slice(0, Math.max(asked, reached)).map(({ key }) => key));
  const groupProps = { shown, selected, onSelect };
  const { counted, informational } = groups;
  return (
    <Stack gap="lg">
      {counted.length === 0 && <NothingFound report={report} />}
      {counted.map((group) => (
        <Group key={group.cwe ?? 'none'} group={group} {...groupProps} />
      ))}
      {informational.length > 0 && (
        <Stack gap="md">
          <Title order={2}>Not counted</Title>
          <Text size="sm" c="dimmed">
            {countOf(
              informational.reduce((sum, { rows: own }) => sum + own.length, 0),
              'finding',
            )}{' '}
            that the policy {report.settings.policy} shows for information only.
          </Text>
          {informational.map((group) => (
            <Group key={group.cwe ?? 'none'} group={group} note=", not counted" {...groupProps} />
          ))}
        </Stack>
      )}
      {shown.size < rows.length && (
        <Button variant="default" onClick={() => setAsked(shown.size + AT_ONCE)}>
          Show {Math.min(AT_ONCE, rows.length - shown.size)} more of {rows.length - shown.size}
        </Button>
      )}
    </Stack>
  );
}

type GroupProps = Pick<FindingsTabProps, 'selected' | 'onSelect'> & {
  group: FindingGroup;
  shown: ReadonlySet<string>;
  /** Tells a group from one of the same weakness. */
  note?: string;
};

function Group({ group, shown, note = '', selected, onSelect }: GroupProps) {
  const { cwe, title, before, after } = group;
  const rows = group.rows.filter(({ key }) => shown.has(key));
  if (rows.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label={`${cwe ?? 'No CWE'}: ${title}${note}`}>
      <Title order={3}>
        <CweLink cwe={cwe} /> {cwe === null ? '' : title}{' '}
        <Text span c="dimmed" size="sm">
          {before} before, {after} after
        </Text>
      </Title>
      {rows.map((row) => (
        <FindingCard
          key={row.key}
          row={row}
          isSelected={row.key === selected}
          onSelect={() => onSelect(row.key)}
        />
      ))}
    </Stack>
  );
}
