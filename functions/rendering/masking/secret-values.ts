import type { Report, ReportedFinding } from '#domain/report.ts';
import type { Secrets } from './mask-text.ts';
import { pythonTexts } from './python-texts.ts';

/** Bandit's rules of hard-coded passwords and the like. */
const SECRET_RULES = new Set(['B105', 'B106', 'B107']);

/** Bandit quotes the value, with its escapes read (bandit/plugins/general_hardcoded_password.py). */
const QUOTED = /^Possible hardcoded password: '(.*)'$/s;

/** What is called so holds a secret: the same names as the gates of the worker look for. */
const NAMED =
  /(?:pas+wo?r?d|pass(?:phrase)?|pwd|token|secret|api_?key|access_?key|private_?key|credentials?|auth(?!ors?\b))\w*["']?\s*\]?\s*(?::\s*[\w.[\]| ]+)?(?:=|:|==)\s*$/i;

/** Secrets that tell themselves by their form: keys of AWS, GitHub, OpenAI, Slack; tokens of JSON; passwords in addresses. */
const FORMS = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /\bsk-[A-Za-z0-9_-]{20,}/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  /(?<![\w-])eyJ[\w-]{8,500}\.[\w-]{8,2000}\.[\w-]+/g,
  /(?<=:\/\/[^\s:/@'"]{1,60}:)[^\s:/@'"]+(?=@)/g,
];

const PEM_BEGIN = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g;
const PEM_END = '-----END ';

/** With more than this, every text is taken for one: looking for each would take long. */
const MAX_SECRETS = 200;

/** How far before a literal its name may stand. */
const BEFORE = 120;

/** The secrets that stand in a report's code, as they are spelled there and as an analyzer reads them; longest first. */
export function secretValues({ original, secured }: Pick<Report, 'original' | 'secured'>): Secrets {
  const values = new Set<string>();
  for (const { code, findings } of [original, secured]) {
    for (const finding of findings) for (const value of foundValues(code, finding)) values.add(value);
    for (const value of [...namedValues(code), ...formedValues(code)]) values.add(value);
  }
  values.delete('');
  if (values.size > MAX_SECRETS) return 'all';
  return [...values].sort((a, b) => b.length - a.length);
}

/** What a finding points at: the quoted value, and where the code spells it in another way all texts in its place. */
function foundValues(code: string, finding: ReportedFinding): string[] {
  if (!SECRET_RULES.has(finding.rule)) return [];
  const quoted = QUOTED.exec(finding.message)?.[1];
  const lines = linesOf(code, finding);
  const texts = pythonTexts(lines).flatMap(({ kind, inner }) => (kind === 'string' ? [inner] : []));
  const isSpelledSo = quoted !== undefined && texts.includes(quoted);
  return [...(quoted === undefined ? [] : [quoted]), ...(isSpelledSo ? [] : texts)];
}

/** A finding of a default stands at the whole function: its first lines are its statement's. */
function linesOf(code: string, { line, endLine, code: statement, rule }: ReportedFinding): string {
  const length = rule === 'B107' ? statement.split('\n').length : endLine - line + 1;
  return code
    .split('\n')
    .slice(line - 1, line - 1 + length)
    .join('\n');
}

function namedValues(code: string): string[] {
  return pythonTexts(code).flatMap(({ kind, start, inner }) => {
    if (kind !== 'string' || inner.length < 4) return [];
    return NAMED.test(code.slice(Math.max(0, start - BEFORE), start)) ? [inner] : [];
  });
}

function formedValues(code: string): string[] {
  return [...FORMS.flatMap((form) => [...code.matchAll(form)].map(([value]) => value)), ...pemKeys(code)];
}

function pemKeys(code: string): string[] {
  const keys: string[] = [];
  const begin = new RegExp(PEM_BEGIN);
  for (let match = begin.exec(code); match !== null; match = begin.exec(code)) {
    const end = code.indexOf(PEM_END, begin.lastIndex);
    if (end === -1) break;
    keys.push(code.slice(match.index, end));
    begin.lastIndex = end;
  }
  return keys;
}
