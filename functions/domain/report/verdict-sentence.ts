import type { Report } from '#domain/report.ts';
import { visibleLine } from './visible-text.ts';
import { verdictWords } from './wording.ts';

/** The verdict in one sentence, without symbol and color. */
export function verdictSentence({ verdict, reason }: Pick<Report, 'verdict' | 'reason'>): string {
  return `${verdictWords[verdict].label}: ${visibleLine(reason)}`;
}
