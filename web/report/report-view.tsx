'use client';

import { Stack, Title, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { visibleLine, visibleText } from '#domain/report/visible-text.ts';
import { verdictWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { ScrollRegion } from '../frame/scroll-region.tsx';
import { changesOf } from './changes/change-set.ts';
import { findingGroups, rowsInOrder } from './findings/finding-groups.ts';
import { KeyboardHelp } from './keyboard-help.tsx';
import { LeftToDo } from './left-to-do.tsx';
import { Lights } from './lights.tsx';
import classes from './report.module.css';
import type { ReportAccess } from './report-access.ts';
import { ReportActions } from './report-actions.tsx';
import { ReportTabs } from './report-tabs.tsx';
import { ShareDialog } from './share/share-dialog.tsx';
import { currentPlace, usePlace } from './use-place.ts';
import { useReportKeys } from './use-report-keys.ts';
import { useTitle } from './use-title.ts';
import { VerdictHead } from './verdict-head.tsx';

type ReportViewProps = { report: Report; access: ReportAccess };

/** The whole report: the verdict, the lights, what is left to do, then the details by tab. */
export function ReportView({ report, access }: ReportViewProps) {
  const [place, go] = usePlace();
  const [isSharing, sharing] = useDisclosure(false);
  const [isHelping, helping] = useDisclosure(false);
  const changes = useMemo(() => changesOf(report), [report]);
  const groups = useMemo(
    () =>
      findingGroups(
        report,
        changes.map(({ change }) => change),
      ),
    [report, changes],
  );

  useTitle(`${verdictWords[report.verdict].label}: ${visibleLine(report.path)} · SGCode`);

  const step = (by: 1 | -1) => {
    const keys = rowsInOrder(groups).map(({ key }) => key);
    const { finding } = currentPlace();
    const from = finding === null ? -1 : keys.indexOf(finding);
    const next = keys[Math.min(Math.max(from + by, 0), keys.length - 1)];
    if (next !== undefined) go({ tab: 'findings', finding: next });
  };
  useReportKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      '?': helping.open,
      ...(access.kind === 'owner' ? { s: sharing.open } : {}),
      ...(place.tab === 'changes' ? {} : { d: () => go({ tab: 'changes' }) }),
    },
    !isSharing && !isHelping,
  );

  return (
    <Stack component="article" gap="lg">
      <VerdictHead
        report={report}
        actions={<ReportActions access={access} onShare={sharing.open} onHelp={helping.open} />}
      />
      {report.prompt !== null && <Prompt prompt={report.prompt} />}
      <LeftToDo report={report} />
      <section aria-labelledby="checks">
        <VisuallyHidden>
          <Title order={2} id="checks">
            Checks against the original
          </Title>
        </VisuallyHidden>
        <Lights gates={report.gates} />
      </section>
      <ReportTabs report={report} access={access} changes={changes} groups={groups} place={place} go={go} />
      {access.kind === 'owner' && (
        <ShareDialog report={report} runId={access.runId} isOpen={isSharing} onClose={sharing.close} />
      )}
      <KeyboardHelp isOpen={isHelping} onClose={helping.close} />
    </Stack>
  );
}

function Prompt({ prompt }: { prompt: string }) {
  return (
    <section className={classes.card} aria-labelledby="prompt">
      <Title order={2} id="prompt">
        Asked for
      </Title>
      <ScrollRegion label="What was asked for" maxHeight="14rem">
        <p className={classes.prompt}>
          <bdi>{visibleText(prompt.replaceAll('\r\n', '\n'))}</bdi>
        </p>
      </ScrollRegion>
    </section>
  );
}
