import type { CodeNode } from './code-tree.ts';
import { lastName } from './dotted-names.ts';
import type { Evaluated } from './evaluated.ts';
import type { FlagRows } from './flag-rows.ts';
import {
  isSafe,
  isSource,
  isWeak,
  SANITIZER_LIKE,
  type SinkKind,
  sanitizerOf,
  sinkOf,
} from './taint-table.ts';
import {
  COMMAND,
  FORMATTED,
  JOINED_PATH,
  LIST,
  PARAMETER,
  PATH_TEXT,
  RAW,
  SOURCE,
  SQL,
  TEXT,
  VARIES,
} from './value-bits.ts';

/** What the table knows of the name of a call or an attribute, and what a call is given. */
export function setCallFlags(flags: FlagRows, evaluated: Evaluated, node: CodeNode): void {
  const named = node.kind === 'call' ? node.children[0] : node;
  if (!named || (named.kind !== 'identifier' && named.kind !== 'attribute')) return;
  const dotted = evaluated.names.dotted[named.index] ?? '';
  if (isSource(dotted)) flags.set(node, 'source');
  if (isSafe(dotted)) flags.set(node, 'safe-alternative');
  if (isWeak(dotted)) flags.set(node, 'weak-setting');
  if (node.kind !== 'call') return;
  const sanitizer = sanitizerOf(dotted);
  if (sanitizer !== null) flags.set(node, `sanitizes-${sanitizer}`);
  if (sanitizer !== null || SANITIZER_LIKE.test(lastName(dotted))) flags.set(node, 'sanitizer');
  setArgumentFlags(flags, evaluated, node);
  setKeywordFlags(flags, node);
  const sink = sinkByUse(flags, dotted, node);
  if (sink === null) return;
  flags.set(node, 'sink');
  flags.set(node, `sink-${sink}`);
  const [, ...given] = node.children;
  for (const argument of given.slice(0, LATER_COUNTS.has(sink) ? 4 : 1))
    flags.set(argument, 'argument-of-sink');
  if (isDanger(flags, evaluated, sink, node)) flags.set(node, 'danger');
}

/** A call that takes SQL, or a command, whatever it is called, is a sink of it. */
function sinkByUse(flags: FlagRows, dotted: string, call: CodeNode): SinkKind | null {
  const known = sinkOf(dotted);
  const sql = flags.has(call, 'sql-argument');
  if (known !== null && known !== 'sql') return known === 'command' && sql ? 'sql' : known;
  if (sql && !NOT_RUNNING.test(lastName(dotted))) return 'sql';
  if (known === 'sql' && /utils|ssh|proc|shell|cmd/i.test(dotted)) return 'command';
  return known;
}

/** Calls that take SQL and only write it down or build on it. */
const NOT_RUNNING = /log|print|debug|info|warn|error|format|join|append|replace|strip|split|dedent|str|len/i;
/** What may count beside the first argument: paths are joined and copied, processes take lists. */
const LATER_COUNTS: ReadonlySet<SinkKind> = new Set(['path', 'command', 'html', 'fetch', 'redirect']);
/** Sinks that are weak whatever they are given. */
const ALWAYS: ReadonlySet<SinkKind> = new Set([
  'temporary-file',
  'hash',
  'cipher',
  'random',
  'tls',
  'archive',
]);

/** What comes from outside, or is put together, arrives uncleaned; or the call is weak by itself. */
function isDanger(flags: FlagRows, { bits }: Evaluated, sink: SinkKind, call: CodeNode): boolean {
  if (flags.has(call, 'not-for-security') || flags.has(call, 'safe-loader')) return false;
  if (ALWAYS.has(sink)) return true;
  if (sink === 'html' && /^(Environment|Template)$/.test(call.children[0]?.name ?? ''))
    return !flags.has(call, 'autoescape');
  if (sink === 'html' && flags.has(call, 'content-type')) return false;
  if (sink === 'sql' && flags.has(call, 'sql-argument-formatted')) return true;
  const given = call.children.slice(1);
  const counting = LATER_COUNTS.has(sink) ? given : given.slice(0, 1);
  return counting.some(({ index }) => isRisky(sink, bits[index] ?? 0));
}

function isRisky(sink: SinkKind, made: number): boolean {
  if ((made & VARIES) === 0) return false;
  const outside = (made & (PARAMETER | SOURCE)) !== 0;
  switch (sink) {
    case 'sql':
      return (made & FORMATTED) !== 0 && (made & RAW.other) !== 0;
    case 'command':
      return (made & LIST) === 0 && (made & RAW.command) !== 0 && (outside || (made & FORMATTED) !== 0);
    case 'path':
      return (made & RAW.path) !== 0 && outside;
    case 'html':
      return (made & RAW.html) !== 0;
    default:
      return (made & RAW.other) !== 0;
  }
}

function setArgumentFlags(flags: FlagRows, { bits }: Evaluated, call: CodeNode): void {
  const given = call.children.slice(1);
  const positional = given.filter(({ kind }) => kind !== 'keyword_argument');
  const [first, second] = positional;
  if (given.length === 0) flags.set(call, 'no-argument');
  if (given.length > 3) flags.set(call, 'many-arguments');
  if (second) {
    flags.set(call, 'second-argument');
    if (((bits[second.index] ?? 0) & LIST) !== 0) flags.set(call, 'second-argument-sequence');
  }
  const sql = positional.findIndex(({ index }) => ((bits[index] ?? 0) & (SQL | LIST)) === SQL);
  if (sql >= 0) {
    flags.set(call, 'sql-argument');
    if (((bits[positional[sql]?.index ?? 0] ?? 0) & FORMATTED) !== 0)
      flags.set(call, 'sql-argument-formatted');
    if (sql + 1 < given.length) flags.set(call, 'sql-argument-bound');
  }
  if (!first) return;
  if (first.kind === 'string') flags.set(call, 'first-argument-literal');
  const made = bits[first.index] ?? 0;
  if ((made & VARIES) === 0) flags.set(call, 'first-argument-constant');
  for (const [mask, flag] of FIRST_ARGUMENT) if ((made & mask) !== 0) flags.set(call, flag);
}

const FIRST_ARGUMENT = [
  [FORMATTED, 'first-argument-formatted'],
  [JOINED_PATH | PATH_TEXT, 'first-argument-joined'],
  [LIST, 'first-argument-list'],
  [TEXT, 'first-argument-text'],
  [PARAMETER | SOURCE, 'first-argument-from-outside'],
  [COMMAND, 'first-argument-command'],
] as const;

const OFF = new Set(['false', 'none']);

function setKeywordFlags(flags: FlagRows, call: CodeNode): void {
  for (const argument of call.children) {
    if (argument.kind !== 'keyword_argument') continue;
    const value = argument.children.at(-1);
    if (!value) continue;
    const on = value.kind === 'true';
    const off = OFF.has(value.kind) || value.name.endsWith('CERT_NONE');
    switch (argument.name) {
      case 'shell':
        flags.set(call, on ? 'shell-true' : 'shell-false');
        if (on) flags.set(argument, 'keyword-danger');
        break;
      case 'verify':
      case 'check_hostname':
      case 'cert_reqs':
      case 'verify_ssl':
      case 'validate_certs':
        if (off) flags.set(call, 'verification-off');
        if (off) flags.set(argument, 'keyword-danger');
        break;
      case 'debug':
      case 'use_debugger':
        if (on) flags.set(call, 'debug-on');
        if (on) flags.set(argument, 'keyword-danger');
        break;
      case 'Loader': {
        const safe = /safe/i.test(value.name) && !/unsafe/i.test(value.name);
        flags.set(call, safe ? 'safe-loader' : 'unsafe-loader');
        if (!safe) flags.set(argument, 'keyword-danger');
        break;
      }
      case 'autoescape':
        if (!off) flags.set(call, 'autoescape');
        break;
      case 'mimetype':
      case 'content_type':
      case 'media_type':
        flags.set(call, 'content-type');
        break;
      case 'timeout':
        flags.set(call, 'timeout');
        break;
      case 'usedforsecurity':
        if (off) flags.set(call, 'not-for-security');
        break;
      default:
    }
  }
}
