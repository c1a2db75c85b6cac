import type { CodeNode } from './code-tree.ts';
import { lastName } from './dotted-names.ts';
import { any, bitsOf, type Evaluation } from './evaluation.ts';
import { isSource, sanitizerOf } from './taint-table.ts';
import {
  ALL_RAW,
  CARRIED,
  CLEAN,
  FITS,
  FORMATTED,
  JOINED_PATH,
  LIST,
  SAID,
  SOURCE,
  TEXT,
  UNKNOWN,
  VARIES,
} from './value-bits.ts';

/** Calls that give a constant for constants. */
const PURE: ReadonlySet<string> = new Set(
  `str int float bool bytes unicode repr len range list dict tuple set frozenset sorted min max sum zip enumerate
  reversed abs round ord chr object ''.encode ''.join ''.format ''.strip ''.lower ''.upper ''.replace ''.split`.split(
    /\s+/,
  ),
);
/** Calls whose result says what their first argument or their object says. */
const KEEPING =
  /^(str|unicode|repr|text|bytes|dedent|encode|decode|strip|lstrip|rstrip|lower|upper|replace|title|Markup|mark_safe|SafeString|ljust|rjust|zfill|cast|copy|deepcopy|force_text|smart_str|fstring|gettext|_|u)$/;

/** What the result of a call may be made of. */
export function callBits(on: Evaluation, call: CodeNode): number {
  const [callee, ...given] = call.children;
  if (!callee) return 0;
  const dotted = on.names.dotted[callee.index] ?? '';
  if (isSource(dotted)) return SOURCE | ALL_RAW;
  const object = callee.kind === 'attribute' ? bitsOf(on, callee.children[0]) : 0;
  const passed = any(on, given);
  const carried = (object | passed) & CARRIED;
  if (callee.name === 'format' && (object & TEXT) !== 0) {
    return object | (passed & (CARRIED | SAID)) | ((passed & VARIES) === 0 ? 0 : FORMATTED);
  }
  if (callee.name === 'join' && dotted.endsWith('path.join')) return carried | JOINED_PATH;
  if (callee.name === 'join' && (object & TEXT) !== 0) {
    return (passed & ~LIST) | object | ((passed & VARIES) === 0 ? 0 : FORMATTED);
  }
  const sanitizer = sanitizerOf(dotted);
  if (sanitizer !== null) {
    return (carried & VARIES) === 0 ? carried : (carried & ~FITS[sanitizer]) | CLEAN[sanitizer];
  }
  const kept = KEEPING.test(lastName(dotted)) ? (object | bitsOf(on, given[0])) & ~LIST : 0;
  if (kept !== 0) return carried | kept;
  const callable = on.calls.callee[call.index];
  const returned = callable ? on.calls.returns[callable.index] : undefined;
  if (returned) return any(on, returned) | (passed & CARRIED);
  return PURE.has(dotted) ? carried : carried | UNKNOWN | ALL_RAW;
}

/** What the result of an operation may be made of. */
export function operationBits(on: Evaluation, node: CodeNode): number {
  const [left, right] = node.children;
  const a = bitsOf(on, left);
  const b = bitsOf(on, right);
  const both = a | b;
  const varies = (both & VARIES) === 0 ? 0 : FORMATTED;
  switch (node.name) {
    case '%':
      return (a & TEXT) === 0
        ? both & CARRIED
        : a | (b & (CARRIED | SAID)) | ((b & VARIES) === 0 ? 0 : FORMATTED);
    case '+':
    case '+=':
      return (both & TEXT) === 0 ? both : both | varies;
    case '/':
      return (both & CARRIED) | ((both & TEXT) === 0 ? 0 : JOINED_PATH);
    default:
      return both & (CARRIED | TEXT | SAID | LIST);
  }
}
