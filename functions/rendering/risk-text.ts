import type { LineFate } from '#domain/report/line-fates.ts';
import { codeLines, flaggedLines, formatRisk } from '#domain/report/risk-lines.ts';
import { fateWords, flowWords, foundBy, nothingFlagged, proposalWords } from '#domain/report/risk-words.ts';
import { visibleLine } from '#domain/report/visible-text.ts';
import { countOf } from '#domain/report/wording.ts';
import type { RiskMap } from '#domain/risk.ts';
import type { Paint } from './paint.ts';

export type RiskTextOptions = {
  /** What became of the lines, where something was done to them. */
  fateOf?: (line: number) => LineFate;
  /** The most lines and the most flows that are shown. */
  most?: number;
};

const MAX_CODE = 100;

/** The flagged lines with their code, and the flows, for a terminal. */
export function riskLines(
  risk: RiskMap,
  code: string,
  paint: Paint,
  { fateOf, most = Number.POSITIVE_INFINITY }: RiskTextOptions = {},
): string[] {
  const flagged = flaggedLines(risk);
  const source = codeLines(code);
  const lines = flagged.slice(0, most).flatMap((line) => {
    const fate = fateOf?.(line.line);
    const said = [proposalWords(line), ...(fate ? [fateWords(fate), foundBy(fate)] : [])];
    const place = `line ${line.line}`.padEnd(9);
    const words = said.filter((text) => text !== '').map(visibleLine);
    return [
      `  ${paint('yellow', `${place}  ${formatRisk(line.risk).padEnd(5)}`)}  ${(line.cwe ?? 'no CWE').padEnd(8)}  ${words.join('; ')}`,
      `  ${' '.repeat(16)}  ${paint('dim', shortened(source[line.line - 1] ?? ''))}`,
    ];
  });
  const flows = risk.flows
    .slice(0, most)
    .map(
      (flow) =>
        `  ${'flow'.padEnd(9)}  ${formatRisk(flow.cut).padEnd(5)}  ${(flow.cwe ?? 'no CWE').padEnd(8)}  ${flowWords(flow)}`,
    );
  const left = [
    ...more(flagged.length, lines.length / 2, 'flagged line'),
    ...more(risk.flows.length, flows.length, 'flow'),
  ];
  return [
    ...(flagged.length === 0 ? [`  ${nothingFlagged(risk)}`] : lines),
    ...flows,
    ...left.map((text) => `  ${paint('dim', text)}`),
  ];
}

function more(all: number, shown: number, noun: string): string[] {
  return all > shown ? [`and ${countOf(all - shown, `more ${noun}`)}`] : [];
}

function shortened(text: string): string {
  // Cut before it is taken apart: a line may be as long as a file.
  const characters = [...text.slice(0, 10 * MAX_CODE).trim()];
  const cut = characters.slice(0, MAX_CODE).join('');
  return visibleLine(cut.length < text.trim().length ? `${cut}…` : cut);
}
