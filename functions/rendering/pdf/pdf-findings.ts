import { compareFindings } from '#domain/finding.ts';
import { cweTitle } from '#domain/report/cwe-titles.ts';
import { type FindingOutcome, findingOutcomes, groupByCwe } from '#domain/report/finding-outcomes.ts';
import { countOf, isRead } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { colors, heading, limited, type PdfNode, type Printer, paragraph, row } from './pdf-parts.ts';

const MOST_FINDINGS = 150;
const MOST_WEAKNESSES = 40;

const tones = { fixed: colors.good, remaining: colors.bad, introduced: colors.bad } as const;

/** The counted findings before and after, by weakness and one by one; the others are only counted. */
export function findingsPart(report: Report, printer: Printer): PdfNode[] {
  const sorted = findingOutcomes(report).sort((a, b) => compareFindings(a.finding, b.finding));
  const counted = sorted.filter(({ finding }) => finding.counted);
  const others = sorted.length - counted.length;
  return [
    heading('Findings'),
    ...(counted.length === 0
      ? [paragraph('none', isRead(report) ? 'No counted finding, before or after.' : UNKNOWN, printer)]
      : [
          ...limited(groupByCwe(counted), MOST_WEAKNESSES, (group) => weakness(group, printer), printer),
          ...limited(counted, MOST_FINDINGS, (outcome, index) => finding(outcome, index, printer), printer),
        ]),
    ...(others === 0
      ? []
      : [paragraph('others', `${countOf(others, 'informational finding')} beside these.`, printer, 'soft')]),
  ];
}

const UNKNOWN = 'Nothing is known: no analyzer could read the code.';

function weakness({ cwe, before, after }: ReturnType<typeof groupByCwe>[number], printer: Printer): PdfNode {
  const title = cwe.startsWith('CWE-') ? (cweTitle(cwe) ?? '') : '';
  return row(
    `group-${cwe}`,
    [
      { text: cwe, width: 2, isBold: true },
      { text: title, width: 8 },
      { text: `${before} before, ${after} after`, width: 4 },
    ],
    printer,
  );
}

function finding({ finding: found, outcome }: FindingOutcome, index: number, printer: Printer): PdfNode {
  const { rule, severity, confidence, cwe, line, definition, message, analyzer } = found;
  const place = definition === '' ? '' : ` in ${definition}`;
  return row(
    `finding-${index}`,
    [
      { text: outcome, width: 2, color: tones[outcome], isBold: true },
      { text: `line ${line}`, width: 1.6 },
      {
        text: message,
        width: 10,
        notes: [
          `${analyzer} ${rule}, ${cwe ?? 'no CWE'}, severity ${severity}, confidence ${confidence}${place}`,
        ],
      },
    ],
    printer,
  );
}
