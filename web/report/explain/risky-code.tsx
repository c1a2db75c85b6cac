import { Text, Title } from '@mantine/core';
import { codeLines, formatRisk, riskLevel } from '#domain/report/risk-lines.ts';
import type { RiskMap } from '#domain/risk.ts';
import { shownLine } from '../code-excerpt.tsx';
import reportClasses from '../report.module.css';
import classes from './explain.module.css';

/** Of longer code only what is around lines with a tint is shown. */
const MAX_LINES = 1500;
const AROUND = 5;

/** The original with the risk of each line: a tint, and for whoever does not see it a figure. */
export function RiskyCode({ code, risk }: { code: string; risk: RiskMap }) {
  const source = codeLines(code);
  if (source.at(-1) === '') source.pop();
  const risks = new Map(risk.lines.map((line) => [line.line, line.risk]));
  const levelOf = (line: number) => riskLevel(risks.get(line) ?? 0, risk.threshold);
  return (
    <section aria-labelledby="by-line">
      <Title order={3} id="by-line">
        The original, line by line
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        ▲ {formatRisk(risk.threshold)} or more: flagged; tinted from {formatRisk(risk.threshold / 4)} on.
      </Text>
      <pre className={reportClasses.excerpt} dir="ltr">
        {shownLines(source.length, (line) => levelOf(line) > 0).map((line) => {
          const level = levelOf(line);
          return (
            <span key={line} className={classes.riskLine} data-level={level}>
              <span className={reportClasses.lineNumber}>{line}</span>
              <span className={classes.riskFigure}>
                {level === 0 ? '' : `${level === 3 ? '▲ ' : ''}${formatRisk(risks.get(line) ?? 0)}`}
              </span>
              <code>{shownLine(source[line - 1] ?? '')}</code>
            </span>
          );
        })}
      </pre>
    </section>
  );
}

function shownLines(count: number, isTinted: (line: number) => boolean): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  if (count <= MAX_LINES) return all;
  const near = new Set<number>();
  for (const line of all.filter(isTinted)) {
    for (let each = line - AROUND; each <= line + AROUND; each += 1) near.add(each);
  }
  return all.filter((line) => near.has(line)).slice(0, MAX_LINES);
}
