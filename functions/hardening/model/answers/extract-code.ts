import type { Parser } from 'web-tree-sitter';
import type { CodeOrMalformed } from '../prompts/model-prompt.ts';
import { isWellFormed } from '../prompts/python-texts.ts';
import { type AnswerBlock, answerBlocks } from './answer-blocks.ts';
import { chooseBlocks } from './choose-blocks.ts';
import { unfencedCode } from './unfenced-code.ts';

/** More than any program that is repaired; longer answers are not read. */
const MAX_CHARACTERS = 200_000;

const PYTHON = /^[{.\s]*(?:python|py|ipython|pycon)[\d.]*\b/;
const NO_CODE =
  /^[{.\s]*(?:bash|sh|shell|zsh|console|terminal|cmd|powershell|diff|patch|ya?ml|toml|ini|env|dotenv|html|sql|xml|requirements)\b/;
const REFUSAL =
  /\b(?:i(?:'m| am) (?:very |really )?(?:sorry|unable|not able)|i (?:can(?:no|')?t|cannot|won't|will not|must decline|am not going to)|(?:can(?:no|')?t|cannot|unable to) (?:help|assist|comply|fulfill|provide)|as an ai\b|against (?:my|the) (?:guidelines|policy|policies))/i;
const CODE_FIELDS = ['code', 'python', 'answer', 'program', 'content', 'output', 'result'];

/**
 * Takes the Python code out of a model's answer: out of fences of any kind, JSON with a code field, or the bare text
 * around which the model talks. Thinking out loud is left out. Of several blocks those are taken that hold the
 * requested `names`, of the same ones the last. A block that was not closed counts where it parses.
 * Returns why there is no code in words fit for the next prompt; they quote nothing of the answer.
 */
export function extractCode(parser: Parser, answer: string, names: readonly string[]): CodeOrMalformed {
  if (answer.length > MAX_CHARACTERS) return { malformed: `it is longer than ${MAX_CHARACTERS} characters` };
  const text = withoutThinking(answer.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  if (text.trim() === '') return { malformed: 'it holds no code' };
  const json = codeInJson(text);
  return json === null ? fromText(parser, text, names) : tidy(parser, json, names);
}

/** A code field may be fenced itself. */
function tidy(parser: Parser, code: string, names: readonly string[]): CodeOrMalformed {
  const text = code.replace(/\r\n?/g, '\n');
  return /^\s*(?:```|~~~)/.test(text)
    ? fromText(parser, text, names)
    : code.trim() === ''
      ? { malformed: 'it holds no code' }
      : finished(text);
}

function fromText(parser: Parser, text: string, names: readonly string[]): CodeOrMalformed {
  const blocks = afterThinking(answerBlocks(text));
  const fenced = blocks.filter(({ kind, text: code }) => kind === 'fenced' && code.trim() !== '');
  if (fenced.length === 0) return fromProse(parser, blocks, names);
  const nested = outermostFence(parser, text, fenced);
  if (nested !== null) return finished(nested);
  const [json] = fenced
    .filter(({ info }) => info.startsWith('json'))
    .flatMap(({ text: code }) => codeInJson(code) ?? []);
  const candidates = firstFilled(
    fenced.filter(({ info }) => PYTHON.test(info)),
    json === undefined ? fenced.filter(({ info }) => !NO_CODE.test(info) && !info.startsWith('json')) : [],
  );
  if (candidates.length === 0 && json !== undefined) return tidy(parser, json, names);
  if (candidates.length === 0) return { malformed: 'it holds no Python code' };
  const usable = candidates.filter(({ closed, text: code }) => closed || isWellFormed(parser, code));
  if (usable.length < candidates.length)
    return { malformed: 'its code block is not closed, so it was cut off' };
  return finished(
    chooseBlocks(
      usable.map((block) => block.text),
      names,
    ),
  );
}

function fromProse(
  parser: Parser,
  blocks: readonly AnswerBlock[],
  names: readonly string[],
): CodeOrMalformed {
  const text = blocks.map((block) => block.text).join('\n');
  const code = unfencedCode(parser, text, names);
  if (code !== null) return finished(code);
  return {
    malformed: REFUSAL.test(text.slice(0, 500).replaceAll('’', "'")) ? 'refused' : 'it holds no Python code',
  };
}

/** A text in the code may hold a fence itself: then what parses is what lies between the first mark and the last. */
function outermostFence(parser: Parser, text: string, fenced: readonly AnswerBlock[]): string | null {
  if (fenced.length < 2 && fenced.every(({ closed }) => closed)) return null;
  const [first] = fenced;
  const whole = /^\s*(?:```|~~~)[^\n]*\n(.*)\n[ \t]*(?:```|~~~)[ \t]*\s*$/s.exec(text)?.[1];
  if (!first || whole === undefined || isWellFormed(parser, first.text)) return null;
  return isWellFormed(parser, whole) ? whole : null;
}

function firstFilled<T>(...lists: readonly T[][]): T[] {
  return lists.find((list) => list.length > 0) ?? [];
}

/** Thinking that stands before the answer between tags. */
function withoutThinking(text: string): string {
  const tag = /^\s*<(think|thinking|thought|reasoning)>/i.exec(text)?.[1];
  if (tag === undefined) return text;
  const end = new RegExp(`</${tag}>`, 'i').exec(text);
  return end ? text.slice(end.index + end[0].length) : '';
}

/** Some templates open the thinking in the prompt, so that the answer only closes it. */
function afterThinking(blocks: readonly AnswerBlock[]): AnswerBlock[] {
  const index = blocks.findLastIndex(
    ({ kind, text }) => kind === 'prose' && /<\/(?:think|thinking|thought|reasoning)>/i.test(text),
  );
  const block = blocks[index];
  if (!block) return [...blocks];
  const text = block.text.replace(/^.*<\/(?:think|thinking|thought|reasoning)>/is, '');
  return [...(text.trim() === '' ? [] : [{ ...block, text }]), ...blocks.slice(index + 1)];
}

function codeInJson(text: string): string | null {
  if (!/^\s*\{/.test(text) || !/\}\s*$/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const fields = new Map<string, unknown>(Object.entries(value));
    const found = CODE_FIELDS.map((name) => fields.get(name)).find((field) => typeof field === 'string');
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}

function finished(code: string): CodeOrMalformed {
  const text = code.replace(/^\uFEFF/, '').replace(/^(?:[ \t]*\n)+/, '');
  return { code: text.endsWith('\n') ? text : `${text}\n` };
}
