import type { LineRisk, RiskMap } from '#domain/risk.ts';

/** The lines whose risk reaches the threshold, the riskiest first. */
export function flaggedLines({ lines, threshold }: RiskMap): LineRisk[] {
  return lines.filter(({ risk }) => risk >= threshold).sort((a, b) => b.risk - a.risk || a.line - b.line);
}

/** The riskiest line, flagged or not; undefined where no line holds code. */
export function riskiestLine({ lines }: RiskMap): LineRisk | undefined {
  return lines.reduce<LineRisk | undefined>(
    (worst, line) => (worst === undefined || line.risk > worst.risk ? line : worst),
    undefined,
  );
}

/** How strongly a line is tinted: 3 is flagged, 2 is half way there, 1 a quarter, 0 not at all. */
export type RiskLevel = 0 | 1 | 2 | 3;

/** The tint of a line of this risk. */
export function riskLevel(risk: number, threshold: number): RiskLevel {
  if (risk >= threshold) return 3;
  if (risk >= threshold / 2) return 2;
  return risk >= threshold / 4 ? 1 : 0;
}

/** A figure between 0 and 1 with two digits; what is not quite 0 or 1 is not written as if it were. */
export function formatRisk(risk: number): string {
  if (risk > 0 && risk < 0.005) return '<0.01';
  if (risk < 1 && risk >= 0.995) return '>0.99';
  return risk.toFixed(2);
}

/** The code's lines as Python and the gGAN count them: a lone carriage return ends one, too. */
export function codeLines(code: string): string[] {
  return code.split(/\r\n|\r|\n/);
}

/** Whether a line ends in a lone carriage return: the diff, which goes by line feeds, then counts otherwise. */
export function hasLoneReturns(code: string): boolean {
  return /\r(?!\n)/.test(code);
}
