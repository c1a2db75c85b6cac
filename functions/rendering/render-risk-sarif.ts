import type { OperatorName } from '#domain/operators.ts';
import { cweNumber } from '#domain/report/cwe-titles.ts';
import { operatorWords } from '#domain/report/operator-words.ts';
import { flaggedLines, formatRisk } from '#domain/report/risk-lines.ts';
import { cutStep } from '#domain/report/risk-words.ts';
import type { Flow, FlowStep, LineRisk, RiskMap } from '#domain/risk.ts';
import { cweTaxonomy, fileUri } from './sarif-places.ts';

/** A file with what the gGAN says of it. */
export type AssessedFile = { path: string; risk: RiskMap };

/**
 * The SARIF run of the gGAN. A flagged line is a result of the kind `review`, as a network's word proves nothing;
 * such a result has the level `none` (https://docs.oasis-open.org/sarif/sarif/v2.1.0, 3.27.9 and 3.27.10). Its rule
 * is the operator that the gGAN would try, `ggan/review` without one. A flow is told in the result of the line where
 * it ends.
 */
export function riskRun(files: readonly AssessedFile[]) {
  const found = files.flatMap(({ path, risk }) => placesOf(risk).map((place) => ({ path, place })));
  const rules = [...new Set(found.map(({ place }) => place.operator))].sort((a, b) =>
    ruleId(a).localeCompare(ruleId(b)),
  );
  return {
    tool: {
      driver: {
        name: 'sgcode-ggan',
        supportedTaxonomies: [{ name: 'CWE' }],
        rules: rules.map(sarifRule),
      },
    },
    columnKind: 'unicodeCodePoints',
    taxonomies: [cweTaxonomy(found.map(({ place }) => place.cwe))],
    results: found.map(({ path, place }) => sarifResult(path, place, rules.indexOf(place.operator))),
  };
}

type Place = LineRisk & { flows: Flow[] };

/** The flagged lines, the riskiest first, then lines that are not flagged but end a flow. */
function placesOf(risk: RiskMap): Place[] {
  const flowsTo = Map.groupBy(risk.flows, ({ path }) => path.at(-1)?.line ?? 0);
  const flagged = flaggedLines(risk);
  const known = new Set(flagged.map(({ line }) => line));
  const ends = [...flowsTo.keys()].filter((line) => !known.has(line)).sort((a, b) => a - b);
  return [
    ...flagged,
    ...ends.map((line) => risk.lines.find((each) => each.line === line) ?? unknownLine(line)),
  ].map((line) => {
    const flows = flowsTo.get(line.line) ?? [];
    return { ...line, cwe: line.cwe ?? flows[0]?.cwe ?? null, flows };
  });
}

function unknownLine(line: number): LineRisk {
  return { line, risk: 0, cwe: null, operator: null };
}

function ruleId(operator: OperatorName | null): string {
  return `ggan/${operator ?? 'review'}`;
}

function sarifRule(operator: OperatorName | null) {
  return {
    id: ruleId(operator),
    name: operator ?? 'review',
    shortDescription: { text: operator === null ? 'a risky place to look at' : operatorWords(operator) },
    defaultConfiguration: { level: 'none' },
    properties: { tags: ['security'] },
  };
}

function sarifResult(path: string, place: Place, ruleIndex: number) {
  const { line, risk, cwe, operator, flows } = place;
  return {
    ruleId: ruleId(operator),
    ruleIndex,
    kind: 'review',
    level: 'none',
    message: { text: messageOf(place) },
    locations: [sarifLocation(path, { line })],
    ...(flows.length === 0 ? {} : { codeFlows: flows.map((flow) => codeFlow(path, flow)) }),
    ...(cwe === null ? {} : { taxa: [{ id: cweNumber(cwe), toolComponent: { name: 'CWE' } }] }),
    properties: { risk, cwe, operator },
  };
}

function messageOf({ risk, operator, flows }: Place): string {
  const sources = [...new Set(flows.map(({ path }) => path[0]?.line))].join(', ');
  return [
    `The graph network gives this line a risk of ${formatRisk(risk)}.`,
    ...(operator === null ? [] : [`It would ${operatorWords(operator)}.`]),
    ...(flows.length === 0 ? [] : [`It would cut the way of a value from line ${sources} to here.`]),
  ].join(' ');
}

function codeFlow(path: string, flow: Flow) {
  const { path: steps, cut } = flow;
  const cutAfter = cutStep(flow);
  return {
    threadFlows: [
      {
        locations: steps.map((step, index) => ({
          location: sarifLocation(path, step),
          importance: index === cutAfter ? 'essential' : 'important',
        })),
      },
    ],
    properties: { cut },
  };
}

function sarifLocation(path: string, { line, column, text }: Pick<FlowStep, 'line'> & Partial<FlowStep>) {
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(path) },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column + 1 }) },
    },
    ...(text === undefined ? {} : { message: { text } }),
  };
}
