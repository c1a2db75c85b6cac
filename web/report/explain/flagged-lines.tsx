import { Table, Text } from '@mantine/core';
import type { LineFate } from '#domain/report/line-fates.ts';
import { codeLines, flaggedLines, formatRisk } from '#domain/report/risk-lines.ts';
import { fateWords, foundBy, nothingFlagged, proposalWords } from '#domain/report/risk-words.ts';
import { countOf } from '#domain/report/wording.ts';
import type { RiskMap } from '#domain/risk.ts';
import { shownLine } from '../code-excerpt.tsx';
import { CweLink } from '../cwe-link.tsx';
import { Foreign } from '../foreign.tsx';
import reportClasses from '../report.module.css';
import { TableHead } from '../table-head.tsx';
import classes from './explain.module.css';

type FlaggedLinesProps = { risk: RiskMap; code: string; fateOf: (line: number) => LineFate };

/** More lines are counted, not shown. */
const MOST_LINES = 50;

/** The lines that the graph network flags, the riskiest first, with what became of each. */
export function FlaggedLines({ risk, code, fateOf }: FlaggedLinesProps) {
  const flagged = flaggedLines(risk);
  if (flagged.length === 0) return <Text size="sm">{nothingFlagged(risk)}</Text>;
  const source = codeLines(code);
  return (
    <>
      <Table className={classes.stacked} fz="sm" aria-label="Flagged lines, the riskiest first">
        <TableHead heads={['Line', 'Risk', 'Weakness', 'Code', 'What was done']} />
        <Table.Tbody>
          {flagged.slice(0, MOST_LINES).map((line) => {
            const fate = fateOf(line.line);
            return (
              <Table.Tr key={line.line}>
                <Table.Th scope="row" fw={400} data-label="Line">
                  {line.line}
                </Table.Th>
                <Table.Td data-label="Risk">{formatRisk(line.risk)}</Table.Td>
                <Table.Td data-label="Weakness">
                  <CweLink cwe={line.cwe} />
                </Table.Td>
                <Table.Td data-label="Code" className={reportClasses.foreign}>
                  <code>
                    <bdi>{shownLine((source[line.line - 1] ?? '').trim())}</bdi>
                  </code>
                  <br />
                  {proposalWords(line)}
                </Table.Td>
                <Table.Td data-label="What was done" className={reportClasses.foreign}>
                  {fateWords(fate)}{' '}
                  {fate.changed ? '' : fate.declined.map((reason) => <Foreign key={reason} text={reason} />)}
                  <br />
                  <Foreign text={foundBy(fate) || 'no analyzer found anything here'} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {flagged.length > MOST_LINES && (
        <Text size="sm">And {countOf(flagged.length - MOST_LINES, 'more flagged line')}.</Text>
      )}
    </>
  );
}
