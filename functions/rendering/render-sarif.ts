import {
  type Analysis,
  type AnalyzerName,
  compareFindings,
  type Finding,
  type Severity,
} from '#domain/finding.ts';
import { findRule, isCounted } from '#domain/policy.ts';
import type { PolicyName } from '#domain/policy-name.ts';
import { cweNumber } from '#domain/report/cwe-titles.ts';
import type { RiskMap } from '#domain/risk.ts';
import { formatJson } from './render-json.ts';
import { riskRun } from './render-risk-sarif.ts';
import { cweTaxonomy, fileUri } from './sarif-places.ts';

/** A file with what the analyzers said of it, and the gGAN where it was asked and could read it. */
export type AnalyzedCode = { path: string; analyses: readonly Analysis[]; risk?: RiskMap };

const LEVELS = { high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<Severity, string>;

/** GitHub reads this figure as a CVSS-like score: over 7 is high, over 4 medium. */
const SCORES = { high: '8.0', medium: '5.5', low: '3.0' } as const satisfies Record<Severity, string>;

/**
 * SARIF 2.1.0 with one run per analyzer, and one of the gGAN where it says something. Every finding is a result, those that do not count under the
 * policy too, with `properties.counted` false. A file that could not be analyzed is an error of the run.
 */
export function renderSarif(files: readonly AnalyzedCode[], policy: PolicyName): string {
  const assessed = files.flatMap(({ path, risk }) => (risk === undefined ? [] : [{ path, risk }]));
  const analyzers = [...new Set(files.flatMap(({ analyses }) => analyses.map(({ analyzer }) => analyzer)))];
  return formatJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      ...analyzers.map((analyzer) => sarifRun(analyzer, files, policy)),
      ...(assessed.length === 0 ? [] : [riskRun(assessed)]),
    ],
  });
}

function sarifRun(analyzer: AnalyzerName, files: readonly AnalyzedCode[], policy: PolicyName) {
  const mine = files.flatMap(({ path, analyses }) =>
    analyses.filter((analysis) => analysis.analyzer === analyzer).map((analysis) => ({ path, analysis })),
  );
  const findings = mine.flatMap(({ path, analysis }) =>
    [...analysis.findings].sort(compareFindings).map((finding) => ({ path, finding })),
  );
  const rules = rulesOf(findings.map(({ finding }) => finding));
  const failures = mine.filter(({ analysis }) => analysis.status === 'unanalyzable');
  return {
    tool: {
      driver: {
        name: analyzer,
        // A file that was not even given to the analyzer has no version.
        version: mine.map(({ analysis }) => analysis.version).find((version) => version !== '') ?? 'unknown',
        supportedTaxonomies: [{ name: 'CWE' }],
        rules: rules.map(sarifRule),
      },
    },
    columnKind: 'unicodeCodePoints',
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: failures.map(({ path, analysis }) => ({
          level: 'error',
          message: { text: analysis.reason ?? 'could not be analyzed' },
          locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(path) } } }],
        })),
      },
    ],
    taxonomies: [cweTaxonomy(rules.map(({ cwe }) => cwe))],
    results: findings.map(({ path, finding }) =>
      sarifResult(
        path,
        finding,
        rules.findIndex((rule) => rule.id === finding.rule),
        isCounted(finding, policy),
      ),
    ),
  };
}

type Rule = { id: string; name: string; cwe: string | null; worst: Severity };

function rulesOf(findings: readonly Finding[]): Rule[] {
  const rules = new Map<string, Rule>();
  for (const finding of [...findings].sort(compareFindings)) {
    // The worst finding of a rule comes first, so its severity is the rule's.
    if (rules.has(finding.rule)) continue;
    const row = findRule(finding.analyzer, finding.rule);
    rules.set(finding.rule, {
      id: finding.rule,
      name: row?.name ?? finding.rule,
      cwe: row?.cwe ?? finding.cwe,
      worst: finding.severity,
    });
  }
  return [...rules.values()].sort((a, b) => a.id.localeCompare(b.id));
}

function sarifRule({ id, name, cwe, worst }: Rule) {
  return {
    id,
    name,
    shortDescription: { text: `${name.replaceAll('_', ' ')}${cwe === null ? '' : ` (${cwe})`}` },
    ...(cwe === null ? {} : { helpUri: `https://cwe.mitre.org/data/definitions/${cweNumber(cwe)}.html` }),
    defaultConfiguration: { level: LEVELS[worst] },
    ...(cwe === null
      ? {}
      : {
          relationships: [
            { target: { id: cweNumber(cwe), toolComponent: { name: 'CWE' } }, kinds: ['superset'] },
          ],
        }),
    properties: {
      'security-severity': SCORES[worst],
      tags: ['security', ...(cwe === null ? [] : [`external/cwe/cwe-${cweNumber(cwe).padStart(3, '0')}`])],
    },
  };
}

function sarifResult(path: string, finding: Finding, ruleIndex: number, counted: boolean) {
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: { text: finding.message === '' ? finding.rule : finding.message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: fileUri(path) }, region: regionOf(finding) },
        ...(finding.definition === ''
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: finding.definition }] }),
      },
    ],
    partialFingerprints: { 'sgcodeFingerprint/v1': finding.fingerprint },
    properties: { severity: finding.severity, confidence: finding.confidence, cwe: finding.cwe, counted },
  };
}

/** Columns count from 0 here and from 1 in SARIF; both are in code points, and both ends are exclusive. */
function regionOf({ line, column, endLine, endColumn }: Finding) {
  const isEmpty = endLine < line || (endLine === line && endColumn <= column);
  const start = { startLine: line, startColumn: column + 1 };
  return isEmpty ? start : { ...start, endLine, endColumn: endColumn + 1 };
}
