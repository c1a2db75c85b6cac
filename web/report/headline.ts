import { verdictSentence } from '#domain/report/verdict-sentence.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf, formatCost, formatMs, isRead, verdictWords } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';

export type Headline = {
  /** The verdict and why, in one sentence. */
  sentence: string;
  /** What it took: changes, time, money. */
  figures: string;
  symbol: string;
  tone: 'good' | 'partial' | 'bad';
};

/** What a reader takes away who reads nothing else. */
export function headline(report: Report): Headline {
  const { symbol, tone } = verdictWords[report.verdict];
  const figures = [
    ...findingWords(report),
    ...changeWords(report),
    formatMs(report.ms.total),
    costWords(report),
  ];
  return { sentence: verdictSentence(report), figures: figures.join(' · '), symbol, tone };
}

function findingWords(report: Report): string[] {
  if (!isRead(report)) return ['counted findings unknown'];
  const { before, after } = report.findings;
  return [`${before} → ${after} counted findings`];
}

function changeWords({ edits, repaired }: Report): string[] {
  const words = [
    ...(edits.length === 0 ? [] : [countOf(edits.length, 'edit')]),
    ...(repaired.length === 0 ? [] : [`${countOf(repaired.length, 'piece')} rewritten by a model`]),
  ];
  return words.length === 0 ? ['nothing changed'] : words;
}

function costWords({ modelCalls, costUsd }: Report): string {
  return modelCalls === 0
    ? 'no model called'
    : `${countOf(modelCalls, 'model call')}, ${formatCost(costUsd)}`;
}

/** What was looked at where nothing was found, and what nobody looked at. */
export function whatWasChecked({ analyzers, gates, risk, unassessed, settings }: Report): {
  checked: string[];
  notChecked: string[];
} {
  const read = analyzers.filter(({ status }) => status === 'analyzed');
  const unread = analyzers.filter(({ status }) => status !== 'analyzed');
  const asked = settings.ggan && risk === null;
  return {
    checked: [
      ...read.map(
        ({ name, version }) =>
          `All rules of ${name} ${version}, counted under the policy '${settings.policy}'`,
      ),
      ...(risk === null ? [] : ['The graph network, which says where code is likely to be weak']),
    ],
    notChecked: [
      ...unread.map(
        ({ name, reason }) => `What ${name} would find: ${reason ?? 'it could not read the code'}`,
      ),
      gates.secure.notChecked,
      'Dependencies, secrets outside this file, and how the program is deployed',
      ...(asked
        ? [`The graph network says nothing of this code${unassessed === null ? '' : `: ${unassessed}`}`]
        : []),
    ].map(visibleLine),
  };
}
