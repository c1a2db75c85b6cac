import type { AllowedChange, RepairTarget } from '#domain/repair.ts';
import type { Flow } from '#domain/risk.ts';
import { fence } from './fence.ts';
import { quotedCode, quotedMessage, shownCode } from './one-line.ts';
import { operatorPatterns } from './operator-patterns.ts';
import type { Remedy } from './remedy.ts';
import { remedyFor } from './weakness-requirements.ts';

const LONGEST_CODE = 80;
const LONGEST_STEP = 60;
const LONGEST_MESSAGE = 160;
const MOST_STEPS = 6;

/** Code as the prompt shows it, and what is to be mended in it. */
export type CodeSection = {
  text: string;
  /** From a line of the code as it was to a line of `text`, both from 1. */
  lineAt: (line: number) => number;
  /** The first and the last line of the section in the file. */
  firstLine: number;
  lastLine: number;
  targets: readonly RepairTarget[];
};

/** What the targets of all sections are written with. */
export type TargetMaterial = {
  flows: readonly Flow[];
  allowed: readonly AllowedChange[];
  /** What is required of a query. */
  queries: Remedy;
  /** Takes what speaks to a model out of code that is shown. */
  neutralize: (code: string) => string;
  boundary: string;
};

/**
 * Returns what writes the targets of a section: those of one kind together, each with its place and way, then what
 * is required. Where the operator knows the lines to write, these are its pattern. A requirement that was written
 * before, in whatever section, is only referred to.
 */
export function createTargetLines({ flows, allowed, queries, neutralize, boundary }: TargetMaterial) {
  const numbers = new Map<Remedy, number>();
  const headlines = new Set<string>();
  const summaries = new Set<string>();
  let number = 0;

  function opening(target: RepairTarget, known: number | undefined): string {
    const text = headline(target);
    if (known !== undefined && headlines.has(text))
      return `${number}. ${target.rule}, REQUIRED as in ${known}:`;
    headlines.add(text);
    return `${number}. ${text}`;
  }

  function rewrittenLines({ id }: RepairTarget): string[] {
    const places = allowed.find(({ target }) => target === id)?.rewritten ?? [];
    return places.flatMap(({ before, after }) => {
      const [from = '', to = ''] = withoutIndentation([before, after]).map(neutralize);
      if (to === '') return quotedLines('delete', from, boundary);
      return [...quotedLines('replace', from, boundary), ...quotedLines('with', to, boundary)];
    });
  }

  function summaryLines({ id }: RepairTarget): string[] {
    const text = concreteSummary(allowed.find(({ target }) => target === id));
    if (text === null || summaries.has(text)) return [];
    summaries.add(text);
    return [`   here: ${text}`];
  }

  return (section: CodeSection): string[] => {
    const groups = Map.groupBy(withoutRepeated(section.targets, allowed), ({ rule, cwe, operator }) =>
      [rule, cwe, operator].join(' '),
    );
    return [...groups.values()].flatMap((targets) => {
      const [first] = targets;
      if (!first) return [];
      number += 1;
      const general = remedyFor(first);
      const remedy = general === operatorPatterns['parameterize-query'] ? queries : general;
      const known = numbers.get(remedy);
      if (known === undefined) numbers.set(remedy, number);
      const head = opening(first, known);
      const placed = targets.map((target) => ({ target, lines: rewrittenLines(target) }));
      const isSpelledOut = placed.every(({ lines }) => lines.length > 0);
      const required = known === undefined ? remedy.requirement : `as in ${known}.`;
      return [
        head,
        ...(head.includes('REQUIRED') ? [] : [`   REQUIRED: ${required}`]),
        ...placed.flatMap(({ target, lines }) => [
          ...placeLines(section, target, { flows, withCode: lines.length === 0 }),
          ...(lines.length === 0 ? summaryLines(target) : lines),
        ]),
        ...(known === undefined && !isSpelledOut ? patternLines(remedy.pattern) : []),
      ];
    });
  };
}

/** The targets less those whose operator would write what it would write for an earlier one. */
function withoutRepeated(
  targets: readonly RepairTarget[],
  allowed: readonly AllowedChange[],
): RepairTarget[] {
  const written = new Set<string>();
  return targets.filter(({ id }) => {
    const places = allowed.find(({ target }) => target === id)?.rewritten ?? [];
    const fresh = places.map((place) => JSON.stringify(place)).filter((place) => !written.has(place));
    for (const place of fresh) written.add(place);
    return places.length === 0 || fresh.length > 0;
  });
}

/** What the operator would do there, with the names that it would use: the first sentence and the variables. */
function concreteSummary(change: AllowedChange | undefined): string | null {
  if (!change?.summary) return null;
  const sentence = change.summary.split(/;|\. |: /)[0]?.replace(/\.$/, '') ?? '';
  const variables = change.environment.map(({ name }) => name).filter((name) => !sentence.includes(name));
  return quotedMessage([sentence, ...variables].join(', '), LONGEST_MESSAGE);
}

function headline({ rule, cwe, message }: RepairTarget): string {
  const names = [...new Set([rule, cwe ?? ''])]
    .filter((name) => name !== '')
    .map((name) => quotedMessage(name, 60));
  return `${names.join(' ')}: ${quotedMessage(withoutAdvice(message), LONGEST_MESSAGE)}`;
}

/** Bandit's advice on weak hashes is to declare them harmless, which is no fix; lines count from the part here. */
function withoutAdvice(message: string): string {
  return message.replace(/\s*Consider usedforsecurity=False\.?/, '').replace(/ \(line \d+\)/, '');
}

function placeLines(
  section: CodeSection,
  target: RepairTarget,
  { flows, withCode }: { flows: readonly Flow[]; withCode: boolean },
): string[] {
  const way = wayOf(section, target, flows);
  const place = withCode ? lineIn(section, target.line) : `line ${shownLine(section, target.line)}`;
  return [`   ${place}`, ...(way === '' ? [] : [`   way: ${way}`])];
}

/** From the source to the sink: as the gGAN follows it, or the other lines that belong to the target. */
function wayOf(section: CodeSection, target: RepairTarget, flows: readonly Flow[]): string {
  const [flow] = flows
    .filter(({ cwe, path }) => (cwe === null || cwe === target.cwe) && endsAt(path.at(-1)?.line, target))
    .toSorted((a, b) => b.cut - a.cut);
  const steps = (flow?.path ?? []).filter(({ line }, index, path) => path[index + 1]?.line !== line);
  if (steps.length > 1) {
    const few = steps.length > MOST_STEPS ? [...steps.slice(0, 2), ...steps.slice(2 - MOST_STEPS)] : steps;
    // The sink's own line was shown just before.
    return few
      .map(({ line, text }, at) =>
        at === few.length - 1 && line === target.line ? 'here' : stepIn(section, line, text),
      )
      .join(' -> ');
  }
  const lines = target.lines.filter((line) => line !== target.line && isIn(section, line));
  return [...new Set(lines)]
    .slice(0, MOST_STEPS)
    .map((line) => lineIn(section, line))
    .join(', ');
}

function endsAt(line: number | undefined, target: RepairTarget): boolean {
  return line !== undefined && line >= target.line && line <= target.endLine;
}

function stepIn(section: CodeSection, line: number, text: string): string {
  const code = quotedCode(text, LONGEST_STEP);
  return isIn(section, line) ? `line ${shownLine(section, line)} ${code}` : code;
}

function lineIn(section: CodeSection, line: number): string {
  const shown = shownLine(section, line);
  return `line ${shown} ${shownCode(section.text.split('\n')[shown - 1] ?? '', LONGEST_CODE)}`;
}

function shownLine({ lineAt, firstLine }: CodeSection, line: number): number {
  return lineAt(line - firstLine + 1);
}

function isIn({ firstLine, lastLine }: CodeSection, line: number): boolean {
  return line >= firstLine && line <= lastLine;
}

function patternLines([before, after]: Remedy['pattern']): string[] {
  return before === '' ? [] : [`   not: ${indented(before)}`, `   but: ${indented(after)}`];
}

function indented(code: string): string {
  return code.replace(/\n/g, '\n        ');
}

/** Code of the program under a label, each line marked as the data that it is. */
function quotedLines(label: string, code: string, boundary: string): string[] {
  if (code.includes('`')) return [`   ${label}:`, fence(boundary, code)];
  const [first = '', ...others] = code.split('\n').map((line) => `\`${line}\``);
  return [`   ${label}: ${first}`, ...others.map((line) => `        ${line}`)];
}

function withoutIndentation(codes: readonly string[]): string[] {
  const lines = codes.flatMap((code) => code.split('\n')).filter((line) => line.trim() !== '');
  const indentation = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return codes.map((code) =>
    code
      .split('\n')
      .map((line) => line.slice(indentation))
      .join('\n'),
  );
}
