import { banditRules } from '#domain/bandit-rules.ts';
import { decisionFor } from '#domain/rule-decisions.ts';
import type { DescribeOutput } from '#domain/worker-steps.ts';

type DescribedOperator = DescribeOutput['operators'][number];

/** The Markdown page about the operators: what each rewrites, when, and what is left to a person. */
export function operatorsPage(operators: readonly DescribedOperator[]): string {
  return `# Operators

Rewrites that need no language model. Each looks for its precondition and leaves the code alone, with the reason,
where it does not hold. What it changes for whoever calls or deploys the program is declared, shown in the
report, and the only change of the surface that the gates allow for it.

\`npm run docs\` writes this page from what the operators say of themselves; a test re-runs every example.

| rule | operator | before → after | precondition | what changes for the caller |
|---|---|---|---|---|
${operators.map(operatorRow).join('\n')}

## Left to a person

Rules whose findings no operator rewrites, because every rewrite would be a guess.

| rule | what a person must decide |
|---|---|
${banditRules.flatMap(({ id, name }) => decisionRow(id, name)).join('\n')}
`;
}

function operatorRow({ name, cwe, precondition, changes, example }: DescribedOperator): string {
  const [before, after] = example;
  const rules = banditRules.filter(({ operator }) => operator === name).map(({ id }) => id);
  const cells = [
    rules.length > 0 ? rules.join(', ') : cwe === null ? 'does not compile' : 'the graph network',
    `\`${name}\``,
    `${code(before)}<br>→<br>${code(after)}`,
    prose(precondition),
    changes === '' ? 'nothing' : prose(changes),
  ];
  return `| ${cells.join(' | ')} |`;
}

function decisionRow(id: string, name: string): string[] {
  const decision = decisionFor(id);
  return decision === undefined ? [] : [`| ${id} ${name.replaceAll('_', ' ')} | ${prose(decision)} |`];
}

/** Code in a table cell, where neither a line end nor a fence can stand. */
function code(text: string): string {
  return text.trimEnd().split('\n').map(codeLine).join('<br>');
}

function codeLine(line: string): string {
  if (line === '') return '';
  const indented = escapeHtml(line).replace(/^ +/, (spaces) => '&nbsp;'.repeat(spaces.length));
  return `<code>${indented.replace(/[|\\`*_[\]~]/g, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** Text in a table cell; what stands between backquotes stays as it is. */
function prose(text: string): string {
  const pieces = text.replaceAll('\n', ' ').replaceAll('|', '\\|').split('`');
  return pieces.map((piece, index) => (index % 2 === 0 ? piece.replace(/[*_<]/g, '\\$&') : piece)).join('`');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
