'use client';

import { List, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { lineFates } from '#domain/report/line-fates.ts';
import { partName, partTargets } from '#domain/report/model-words.ts';
import { operatorWords } from '#domain/report/operator-words.ts';
import { riskSummary } from '#domain/report/risk-words.ts';
import { countOf, reportLimits, sourceWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { removedLines } from '../changes/line-changes.ts';
import { Foreign } from '../foreign.tsx';
import classes from '../report.module.css';
import { FlaggedLines } from './flagged-lines.tsx';
import { FlowPath } from './flow-path.tsx';
import { RiskyCode } from './risky-code.tsx';

/** More flows are counted, not drawn. */
const MOST_FLOWS = 50;

/** Why this was done: what the graph network says of each line, and every operator with its reason. */
export function ExplainTab({ report }: { report: Report }) {
  const { risk, unassessed, settings } = report;
  const fateOf = useMemo(
    () => lineFates(report, () => removedLines(report.original.code, report.secured.code)),
    [report],
  );
  return (
    <Stack gap="lg">
      <Stack component="section" gap="sm" aria-labelledby="looks">
        <Title order={2} id="looks">
          Where the graph network looks
        </Title>
        {risk === null ? (
          <Text>{unassessedWords(settings.ggan, unassessed)}</Text>
        ) : (
          <>
            <Text size="sm">
              {`The ${riskSummary(risk)}. `}Its word alone makes no code insecure, and an edit at its word
              stays only where every check accepts it.
            </Text>
            <FlaggedLines risk={risk} code={report.original.code} fateOf={fateOf} />
            {risk.flows.length > 0 && <Title order={3}>Flows that it would cut</Title>}
            {risk.flows.slice(0, MOST_FLOWS).map((flow, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the flows never change, and two may be the same
              <FlowPath key={index} flow={flow} />
            ))}
            {risk.flows.length > MOST_FLOWS && (
              <Text size="sm">And {countOf(risk.flows.length - MOST_FLOWS, 'more flow')}.</Text>
            )}
            <RiskyCode code={report.original.code} risk={risk} />
          </>
        )}
      </Stack>
      <Operators report={report} />
      <Stack component="section" gap="xs" aria-labelledby="limits">
        <Title order={2} id="limits">
          What this report does not say
        </Title>
        <List size="sm" className={classes.foreign}>
          {reportLimits(report).map((limit) => (
            <List.Item key={limit}>
              <Foreign text={limit} />
            </List.Item>
          ))}
        </List>
      </Stack>
    </Stack>
  );
}

function unassessedWords(wasAsked: boolean, reason: string | null): string {
  if (!wasAsked) return 'The graph network was not asked.';
  return `The graph network was asked and says nothing of this code${reason === null ? '.' : `: ${reason}`}`;
}

function Operators({ report: { edits, declined, repaired } }: { report: Report }) {
  return (
    <Stack component="section" gap="xs" aria-labelledby="operators">
      <Title order={2} id="operators">
        Operators, and why
      </Title>
      {edits.length + declined.length + repaired.length === 0 && <Text size="sm">None was tried.</Text>}
      <List size="sm" className={classes.foreign} spacing="xs">
        {edits.map(({ id, operator, line, summary, source, declared }) => (
          <List.Item key={id}>
            <b>{operator}</b> in line {line} ({operatorWords(operator)}): <Foreign text={summary} /> Asked for
            by {sourceWords[source]}
            {declared.map(({ kind, name, detail }) => (
              <span key={`${kind} ${name}`}>
                ; changes the {kind} <Foreign text={name} />
                {detail !== '' && (
                  <>
                    {' ('}
                    <Foreign text={detail} />)
                  </>
                )}
              </span>
            ))}
            .
          </List.Item>
        ))}
        {repaired.map((part) => (
          <List.Item key={`${part.name} ${part.line}`}>
            <b>A model</b> rewrote <bdi>{partName(part)}</bdi>, line {part.line}, to be rid of{' '}
            {partTargets(part)}.
          </List.Item>
        ))}
        {declined.map(({ id, operator, line, reason }) => (
          <List.Item key={`declined ${id}`}>
            <b>{operator}</b> in line {line} was declined: <Foreign text={reason} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
