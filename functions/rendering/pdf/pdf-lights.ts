import { gateWords, lightWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { colors, heading, type PdfNode, type Printer, row } from './pdf-parts.ts';

/** Evidence of one light that is shown. */
const MOST_EVIDENCE = 6;

const tones = { pass: colors.good, fail: colors.bad, 'not-run': colors.none } as const;

/** The six lights, each with what it checked, what it did not, and why. */
export function lightsPart({ gates }: Report, printer: Printer): PdfNode[] {
  return [
    heading('Checks against the original'),
    ...gateWords.map(({ name, title, ...says }) => {
      const { light, checked, notChecked, evidence } = gates[name];
      const { symbol, word } = lightWords[light];
      const reasons = evidence
        .slice(0, MOST_EVIDENCE)
        .map(({ line, message }) => (line === null ? message : `line ${line}: ${message}`));
      const more = evidence.length > MOST_EVIDENCE ? [`${evidence.length - MOST_EVIDENCE} more`] : [];
      return row(
        name,
        [
          { text: `${symbol} ${word}`, width: 2, color: tones[light], isBold: true },
          { text: title, width: 2, isBold: true },
          {
            text: [says[light], ...reasons, ...more].join('; '),
            width: 10,
            notes: [`Checked: ${checked}`, `Not checked: ${notChecked}`],
          },
        ],
        printer,
      );
    }),
  ];
}
