'use client';

import { List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Severity } from '#domain/finding.ts';
import type { Outcome } from '#domain/report/finding-outcomes.ts';
import { sourceWords } from '#domain/report/wording.ts';
import { CodeExcerpt } from '../code-excerpt.tsx';
import { FlowPath } from '../explain/flow-path.tsx';
import { Foreign } from '../foreign.tsx';
import classes from '../report.module.css';
import { Tag, type Tone } from '../tag.tsx';
import type { Excerpt, FindingRow } from './finding-groups.ts';

type FindingCardProps = { row: FindingRow; isSelected: boolean; onSelect: () => void };

const outcomeTones: Record<Outcome, Tone> = { fixed: 'good', remaining: 'partial', introduced: 'bad' };
const severityTones: Record<Severity, Tone> = { high: 'bad', medium: 'partial', low: 'quiet' };
const severitySymbols: Record<Severity, string> = { high: '▲', medium: '◆', low: '●' };

/** One finding: what was found, the code before and after, and what was done about it. */
export function FindingCard({ row, isSelected, onSelect }: FindingCardProps) {
  const { finding, outcome, ruleName } = row;
  const card = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!isSelected || card.current === document.activeElement) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);

  return (
    <article
      ref={card}
      className={classes.card}
      tabIndex={-1}
      aria-current={isSelected}
      aria-label={`${finding.rule}, line ${finding.line}, ${outcome}`}
      onFocus={isSelected ? undefined : onSelect}
    >
      <Stack gap="xs">
        <div className={classes.tags}>
          <Tag tone={finding.counted ? outcomeTones[outcome] : 'quiet'}>{outcome}</Tag>
          <Tag tone={severityTones[finding.severity]}>
            {`${severitySymbols[finding.severity]} ${finding.severity} severity`}
          </Tag>
          <Text span size="sm" c="dimmed" className={classes.foreign}>
            {finding.analyzer} <Foreign text={finding.rule} /> {ruleName}, confidence {finding.confidence},
            line {finding.line}
            {finding.definition !== '' && (
              <>
                {' in '}
                <code>
                  <Foreign text={finding.definition} />
                </code>
              </>
            )}
          </Text>
        </div>
        <Text className={classes.foreign}>
          <Foreign text={finding.message} />
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
          <Side title="Original" excerpt={row.original} empty="It was not there." />
          <Side title="Secured" excerpt={row.secured} empty="The lines are gone." />
        </SimpleGrid>
        {row.flows.map((flow, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the flows never change, and two may be the same
          <FlowPath key={index} flow={flow} />
        ))}
        <Done row={row} />
      </Stack>
    </article>
  );
}

function Side({ title, excerpt, empty }: { title: string; excerpt: Excerpt; empty: string }) {
  return (
    <div className={classes.side}>
      <Text size="xs" c="dimmed" fw={600}>
        {title}
      </Text>
      {excerpt === null ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <CodeExcerpt line={excerpt.line} text={excerpt.text} />
      )}
    </div>
  );
}

function Done({ row: { edits, declined } }: { row: FindingRow }) {
  if (edits.length + declined.length === 0) return null;
  return (
    <List size="sm" className={classes.foreign}>
      {edits.map(({ id, operator, summary, source }) => (
        <List.Item key={id}>
          <b>{operator}</b> <Foreign text={summary} /> Asked for by {sourceWords[source]}.
        </List.Item>
      ))}
      {declined.map(({ id, operator, reason }) => (
        <List.Item key={`declined ${id}`}>
          <b>{operator}</b> was declined: <Foreign text={reason} />
        </List.Item>
      ))}
    </List>
  );
}
