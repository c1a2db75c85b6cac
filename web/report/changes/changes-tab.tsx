'use client';

import { Button, Group, SegmentedControl, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { countInvisible } from '#domain/report/visible-text.ts';
import { countOf } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import type { ReportAccess } from '../report-access.ts';
import type { DiffView } from '../report-address.ts';
import { useReportKeys } from '../use-report-keys.ts';
import { ChangeList } from './change-list.tsx';
import { type Change, lineOfChange, selectChanges } from './change-set.ts';
import { CheckResult } from './check-result.tsx';
import type { MergeViewProps } from './merge-view.tsx';

const MergeView = dynamic<MergeViewProps>(
  () => import('./merge-view.tsx').then(({ MergeView: View }) => View),
  {
    ssr: false,
    loading: () => <Skeleton height={320} role="status" aria-label="The changes are being drawn" />,
  },
);

type ChangesTabProps = {
  report: Report;
  access: ReportAccess;
  changes: readonly Change[];
  /** The numbers of the changes that the owner refuses. */
  refused: ReadonlySet<number>;
  onRefuse: (refused: ReadonlySet<number>) => void;
  view: DiffView | null;
  onView: (view: DiffView) => void;
};

/** What changed, line by line; the owner keeps or refuses each change and sees at once what that does. */
export function ChangesTab({ report, access, changes, refused, onRefuse, view, onView }: ChangesTabProps) {
  const isWide = useMediaQuery('(min-width: 62em)', true) ?? true;
  const shownView = view ?? (isWide ? 'split' : 'unified');
  const [current, setCurrent] = useState(0);
  const [jump, setJump] = useState<{ line: number } | null>(null);
  const [folds, setFolds] = useState(true);
  const selection = useMemo(() => selectChanges(report, changes, refused), [report, changes, refused]);
  const goTo = (index: number) => {
    const number = (index + changes.length) % changes.length;
    setCurrent(number);
    setJump({ line: lineOfChange(changes, number, refused) });
  };
  const toggle = (index: number) => {
    const next = new Set(refused);
    if (!next.delete(index)) next.add(index);
    onRefuse(next);
  };
  const isOwner = access.kind === 'owner';
  useReportKeys(
    {
      n: () => goTo(current + 1),
      p: () => goTo(current - 1),
      d: () => onView(shownView === 'split' ? 'unified' : 'split'),
      ...(isOwner ? { x: () => toggle(current) } : {}),
    },
    changes.length > 0,
  );

  if (changes.length === 0) return <Text>The code is the same as it came: no change was made.</Text>;
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => goTo(current - 1)} aria-label="Previous change">
            ↑
          </Button>
          <Button size="xs" variant="default" onClick={() => goTo(current + 1)} aria-label="Next change">
            ↓
          </Button>
          <Text size="sm" aria-live="polite">
            Change {current + 1} of {changes.length}
          </Text>
        </Group>
        <Group gap="sm">
          <Switch
            size="sm"
            label="All lines"
            checked={!folds}
            onChange={({ currentTarget }) => setFolds(!currentTarget.checked)}
          />
          <SegmentedControl
            size="xs"
            aria-label="How the changes are shown"
            value={shownView}
            onChange={(value) => onView(value === 'split' ? 'split' : 'unified')}
            data={[
              { value: 'split', label: 'Side by side' },
              { value: 'unified', label: 'Unified' },
            ]}
          />
        </Group>
      </Group>
      <ChangeList
        changes={changes}
        refused={refused}
        current={current}
        onToggle={isOwner ? toggle : null}
        onJump={goTo}
      />
      {access.kind === 'owner' && refused.size > 0 && (
        <CheckResult
          runId={access.runId}
          path={report.path}
          selection={selection}
          refused={refused}
          onReset={() => onRefuse(new Set())}
        />
      )}
      <InvisibleNote report={report} />
      <MergeView
        original={report.original.code}
        code={selection.code}
        view={shownView}
        folds={folds}
        jump={jump}
      />
    </Stack>
  );
}

function InvisibleNote({ report: { original, secured } }: { report: Report }) {
  const invisible = Math.max(countInvisible(original.code), countInvisible(secured.code));
  if (invisible === 0) return null;
  return (
    <Text size="sm">
      The code holds {countOf(invisible, 'character')} that would be invisible or would turn the direction of
      text. They are written out here, such as <code>{'<U+202E>'}</code>.
    </Text>
  );
}
