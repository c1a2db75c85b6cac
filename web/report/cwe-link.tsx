import { Anchor } from '@mantine/core';
import type { Cwe } from '#domain/finding.ts';
import { cweNumber, cweTitle } from '#domain/report/cwe-titles.ts';

/** A weakness as a link to its page, with its title on demand; words where there is none. */
export function CweLink({ cwe }: { cwe: Cwe | null }) {
  if (cwe === null) return <span>no CWE</span>;
  return (
    <Anchor
      href={`https://cwe.mitre.org/data/definitions/${cweNumber(cwe)}.html`}
      target="_blank"
      rel="noopener noreferrer"
      underline="always"
      inherit
      title={cweTitle(cwe)}
    >
      {cwe}
    </Anchor>
  );
}
