import type { Cwe } from '#domain/finding.ts';
import { cweNumber, cweTitle } from '#domain/report/cwe-titles.ts';

/** The path as a URI reference: relative stays relative. */
export function fileUri(path: string): string {
  const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

/** The weaknesses that results or rules of a run point at. */
export function cweTaxonomy(cwes: readonly (Cwe | null)[]) {
  const named = [...new Set(cwes.filter((cwe) => cwe !== null))].sort();
  return {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/',
    shortDescription: { text: 'The MITRE Common Weakness Enumeration' },
    isComprehensive: false,
    taxa: named.map((cwe) => ({
      id: cweNumber(cwe),
      shortDescription: { text: cweTitle(cwe) ?? cwe },
      helpUri: `https://cwe.mitre.org/data/definitions/${cweNumber(cwe)}.html`,
    })),
  };
}
