'use client';

import { Tabs } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Report } from '#domain/report.ts';
import type { Change } from './changes/change-set.ts';
import { ChangesTab } from './changes/changes-tab.tsx';
import { ChartsTab } from './charts/charts-tab.tsx';
import { CostTab } from './cost/cost-tab.tsx';
import { ExplainTab } from './explain/explain-tab.tsx';
import type { FindingGroups } from './findings/finding-groups.ts';
import { FindingsTab } from './findings/findings-tab.tsx';
import { ProvenanceTab } from './provenance/provenance-tab.tsx';
import classes from './report.module.css';
import type { ReportAccess } from './report-access.ts';
import { type ReportPlace, type Tab, tabs } from './report-address.ts';

type ReportTabsProps = {
  report: Report;
  access: ReportAccess;
  changes: readonly Change[];
  groups: FindingGroups;
  place: ReportPlace;
  go: (place: Partial<ReportPlace>) => void;
};

const NONE: ReadonlySet<number> = new Set();

/** The details of a report, one tab at a time; what the owner refuses is kept while other tabs are looked at. */
export function ReportTabs({ report, access, changes, groups, place, go }: ReportTabsProps) {
  const [refused, setRefused] = useState(NONE);
  const panels: Record<Tab, ReactNode> = {
    findings: (
      <FindingsTab
        report={report}
        groups={groups}
        selected={place.finding}
        onSelect={(finding) => go({ finding })}
      />
    ),
    changes: (
      <ChangesTab
        report={report}
        access={access}
        changes={changes}
        refused={refused}
        onRefuse={setRefused}
        view={place.view}
        onView={(view) => go({ view })}
      />
    ),
    charts: <ChartsTab report={report} />,
    explain: <ExplainTab report={report} />,
    cost: <CostTab report={report} />,
    provenance: (
      <ProvenanceTab report={report} isMasked={access.kind === 'shared' && access.secrets === 'masked'} />
    ),
  };
  return (
    <Tabs
      value={place.tab}
      onChange={(tab) => go({ tab: tabs.find((each) => each === tab) ?? 'findings' })}
      keepMounted={false}
    >
      <Tabs.List className={classes.tabs}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {`${tab.slice(0, 1).toUpperCase()}${tab.slice(1)}`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} pt="md">
          {panels[tab]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
