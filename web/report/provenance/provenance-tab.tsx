'use client';

import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { modelNames, roleWords } from '#domain/report/model-words.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import type { Report } from '#domain/report.ts';
import { CopyBlock } from '../copy-block.tsx';
import { Facts } from '../facts.tsx';
import { shownDate } from '../verdict-head.tsx';
import { repeatCommand } from './repeat-command.ts';
import { textHash } from './text-hash.ts';

/** What made this report and how to make it again. */
export function ProvenanceTab({ report, isMasked }: { report: Report; isMasked: boolean }) {
  const { settings, original, secured, analyzers } = report;
  const hashes = useQuery({
    queryKey: ['hashes', report.runId, isMasked],
    queryFn: () => Promise.all([original.code, secured.code].map(textHash)),
    // Without https or this machine's own address a browser has no hashes to give.
    enabled: typeof crypto !== 'undefined' && crypto.subtle !== undefined,
  });
  const [before = '', after = ''] = hashes.data ?? [];
  const noHash = isMasked ? 'not given, as secrets are masked' : 'being computed';
  return (
    <Stack gap="lg">
      <section aria-labelledby="made">
        <Title order={2} id="made" mb="xs">
          What made it
        </Title>
        <Facts
          facts={[
            ['Run', report.runId],
            ['Made', shownDate(report.createdAt)],
            ...analyzers.map(
              ({ name, version, status, reason }) =>
                [
                  `Analyzer ${name}`,
                  visibleLine(`${version}, ${status}${reason === null ? '' : `: ${reason}`}`),
                ] as const,
            ),
            ['SHA-256 of the original', isMasked ? noHash : before || noHash],
            ['SHA-256 of the secured program', isMasked ? noHash : after || noHash],
          ]}
        />
      </section>
      <section aria-labelledby="settings">
        <Title order={2} id="settings" mb="xs">
          Settings
        </Title>
        <Facts facts={settingFacts(report)} />
      </section>
      <section aria-labelledby="again">
        <Title order={2} id="again" mb="xs">
          To do it again
        </Title>
        <Text size="sm" mb="xs">
          In a checkout of SGCode
          {report.gates.tests.light === 'not-run' ? '' : '; TESTS.py stands for the tests that were given'}
          {modelNames(settings.models).length > 0 ? '; a model may answer otherwise next time' : ''}:
        </Text>
        <CopyBlock label="the command" text={repeatCommand(report)} />
      </section>
    </Stack>
  );
}

function settingFacts({ settings }: Report): [string, string][] {
  const { models, databaseDriver, allowedPackages } = settings;
  return [
    ['Mechanism', settings.mechanism],
    ['Policy', settings.policy],
    ['Analyzers', settings.analyzers.join(', ')],
    ['Graph network', settings.ggan ? 'asked' : 'not asked'],
    ['Behavior check', settings.behavior],
    ['Limits', `${settings.maxIterations} iterations, ${settings.maxSeconds} seconds`],
    ...modelNames(models).map(({ role, words }): [string, string] => [`The ${roleWords[role]}`, words]),
    ...(databaseDriver === null ? [] : [['Database driver', databaseDriver] as [string, string]]),
    ...(allowedPackages.length === 0
      ? []
      : [['Packages allowed', allowedPackages.join(', ')] as [string, string]]),
  ];
}
