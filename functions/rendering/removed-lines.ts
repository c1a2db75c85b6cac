import type { Report } from '#domain/report.ts';
import { diffHunks } from './unified-diff.ts';

/** The lines of the original, as Python counts them, that the result does not have as they were. */
export function removedLines({ original, secured }: Pick<Report, 'original' | 'secured'>): Set<number> {
  const removed = new Set<number>();
  const asLineFeeds = (code: string) => code.replaceAll(/\r(?!\n)/g, '\n');
  for (const { oldStart, lines } of diffHunks(asLineFeeds(original.code), asLineFeeds(secured.code))) {
    let number = oldStart;
    for (const line of lines) {
      if (line.startsWith('-')) removed.add(number);
      if (line.startsWith('-') || line.startsWith(' ')) number += 1;
    }
  }
  return removed;
}
