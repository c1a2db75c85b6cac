import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether an answer tries to cheat, or is one that must be accepted. */
export type AnswerKind = 'cheat' | 'honest';

/** What a model answers in a test, word for word. */
export type ScriptedAnswer = {
  kind: AnswerKind;
  /** The trick. */
  name: string;
  text: string;
  /**
   * Of a cheat, one of these at least is to refuse it, unless only what is honest in it was kept; of an honest answer,
   * those that cannot be lit.
   */
  lights: string[];
  /** Texts that no result may hold, and those that every result must hold: what is honest beside them may stay. */
  never: string[];
  always: string[];
};

/** A small program with what models answer to the question to repair it. */
export type AdversarialProgram = {
  /** The folder that it is in: what its answers, or its own texts, try. */
  group: string;
  /** The name of its file, under which the code is reported. */
  path: string;
  code: string;
  /** Whether no operator mends anything in it, so that a model is asked even where operators go first. */
  isBeyondOperators: boolean;
  /** Its texts that try to steer a model, none of which a prompt may hold. */
  hidden: string[];
  /** Its words that try to steer a model and cannot be taken out, such as names; a prompt holds them as data only. */
  fenced: string[];
  answers: ScriptedAnswer[];
};

const FOLDER = fileURLToPath(new URL('programs', import.meta.url));

/** Reads every program below `programs/`. Its README says how they are written. */
export function readPrograms(): AdversarialProgram[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .sort()
    .map((path) => readProgram(path, readFileSync(join(FOLDER, path), 'utf8')));
}

type Section = { title: string; body: string };

function readProgram(path: string, text: string): AdversarialProgram {
  const [head, ...rest] = sectionsOf(text);
  const [, name, beyond] = /^program (.+?)( beyond operators)?$/.exec(head?.title ?? '') ?? [];
  if (!head || name === undefined) throw new Error(`${path} does not begin with its program`);
  const lines = (title: string) =>
    rest.filter((each) => each.title === title).flatMap(({ body }) => body.trimEnd().split('\n'));
  return {
    group: path.split(/[\\/]/)[0] ?? '',
    path: name,
    code: head.body,
    isBeyondOperators: beyond !== undefined,
    hidden: lines('hidden'),
    fenced: lines('fenced'),
    answers: rest.flatMap((section, index) => answersIn(path, head.body, section, rest.slice(index + 1))),
  };
}

function sectionsOf(text: string): Section[] {
  return `\n${text}`
    .split('\n=== ')
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return { title: seen(title), body: seen(`${lines.join('\n').trimEnd()}\n`) };
    });
}

/** Characters that nobody would see in the file are written as `<U+202E>`, some of them many times: `<U+61*1000>`. */
function seen(text: string): string {
  return text.replace(/<U\+([0-9A-F]+)(?:\*(\d+))?>/g, (_all, code, times) =>
    String.fromCodePoint(Number.parseInt(code, 16)).repeat(Number(times ?? 1)),
  );
}

function answersIn(
  path: string,
  code: string,
  { title, body }: Section,
  behind: Section[],
): ScriptedAnswer[] {
  const [, kind, isVerbatim, name, by] = /^(cheat|honest)( verbatim)?: (.+?)(?: \| (.+))?$/.exec(title) ?? [];
  if (name === undefined || (kind !== 'cheat' && kind !== 'honest')) {
    if (!['hidden', 'fenced', 'never', 'always'].includes(title))
      throw new Error(`${path}: what is "${title}"?`);
    return [];
  }
  const text = isVerbatim ? body : `\`\`\`python\n${edited(code, body, `${path}, ${name}`)}\`\`\`\n`;
  const end = behind.findIndex((each) => each.title !== 'never' && each.title !== 'always');
  const own = end < 0 ? behind : behind.slice(0, end);
  const told = (what: string) =>
    own.filter((each) => each.title === what).flatMap((each) => each.body.trimEnd().split('\n'));
  return [{ kind, name, text, lights: by?.split(' ') ?? [], never: told('never'), always: told('always') }];
}

/**
 * The code after an edit, read from top to bottom: a line with a space in front names a place, `-` takes a line out,
 * and `+` puts one in where the edit has come to, at first the top. Lines are found by their text.
 */
function edited(code: string, edit: string, place: string): string {
  const lines = code.split('\n');
  let at = 0;
  for (const line of edit.trimEnd().split('\n')) {
    const [mark, text] = [line.slice(0, 1), line.slice(1)];
    if (mark === '+') {
      lines.splice(at, 0, text);
      at += 1;
      continue;
    }
    const found = lines.indexOf(text, at);
    if (found < 0) throw new Error(`${place}: no line "${text}" from there on`);
    if (mark === '-') lines.splice(found, 1);
    at = mark === '-' ? found : found + 1;
  }
  return lines.join('\n');
}
