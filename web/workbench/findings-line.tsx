import { Text } from '@mantine/core';
import type { LiveFindings } from './use-live-findings.ts';

/** What was found while typing, in one line. */
export function FindingsLine({ file, isBehind, error }: LiveFindings) {
  return (
    <Text size="sm" c="dimmed" role="status" aria-live="polite" mih="1.6em">
      {wordsFor({ file, isBehind, error })}
    </Text>
  );
}

function wordsFor({ file, isBehind, error }: LiveFindings): string {
  if (error) return 'What is found while you type cannot be shown at the moment.';
  if (file === null) return isBehind ? 'Looking…' : 'Findings appear beside the code while you type.';
  if (file.status === 'unanalyzable') return 'Python cannot read this code yet.';
  const counted = file.findings.filter((finding) => finding.counted).length;
  const others = file.findings.length - counted;
  const words =
    counted === 0 ? 'No counted finding' : `${counted} counted finding${counted === 1 ? '' : 's'}`;
  return `${words}${others === 0 ? '' : `, ${others} for information`}.`;
}
