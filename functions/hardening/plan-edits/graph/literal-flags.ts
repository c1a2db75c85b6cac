import type { CodeNode } from './code-tree.ts';
import type { Evaluated } from './evaluated.ts';
import type { FlagRows } from './flag-rows.ts';
import { SANITIZER_KINDS } from './taint-table.ts';
import { nameFlags, textFlags } from './text-flags.ts';
import {
  CLEAN,
  COMMAND,
  FORMATTED,
  HTML,
  JOINED_PATH,
  LIST,
  PARAMETER,
  PATH_TEXT,
  QUOTED,
  RAW,
  SOURCE,
  SQL,
  UNKNOWN,
  VARIES,
} from './value-bits.ts';

/** What a literal says, and what a name lets expect. */
export function setTextFlags(flags: FlagRows, node: CodeNode): void {
  switch (node.kind) {
    case 'string':
      for (const flag of textFlags(node.name)) flags.set(node, flag);
      if (node.children.length > 0) flags.set(node, 'has-values');
      return;
    case 'integer':
    case 'float':
      flags.set(node, 'is-number');
      return;
    case 'true':
    case 'false':
    case 'none':
    case 'ellipsis':
      flags.set(node, 'is-constant');
      return;
    case 'call':
      for (const flag of nameFlags(node.children[0]?.name ?? '')) flags.set(node, flag);
      return;
    default:
      if (node.name !== '') for (const flag of nameFlags(node.name)) flags.set(node, flag);
  }
}

const BITS = [
  [PARAMETER, 'from-parameter'],
  [SOURCE, 'from-source'],
  [UNKNOWN, 'from-unknown'],
  [FORMATTED, 'formatted'],
  [JOINED_PATH, 'joined-path'],
  [LIST, 'list-value'],
  ...SANITIZER_KINDS.map((kind) => [CLEAN[kind], `sanitized-${kind}`] as const),
] as const;

const RAW_FLAGS = [
  [RAW.html, 'raw-html'],
  [RAW.command, 'raw-command'],
  [RAW.path, 'raw-path'],
  [RAW.other, 'raw-other'],
] as const;

/** Nodes that have a value, or give one. */
const VALUES: ReadonlySet<string> = new Set(
  `identifier attribute call subscript string integer float true false none list tuple set dictionary pair
  expression_list binary_operator augmented_assignment boolean_operator unary_operator comparison_operator
  not_operator conditional_expression list_comprehension set_comprehension dictionary_comprehension
  generator_expression keyword_argument list_splat dictionary_splat assignment named_expression await
  default_parameter typed_parameter typed_default_parameter`.split(/\s+/),
);

/** Where a value comes from and what was done to it. */
export function setValueFlags(flags: FlagRows, { bits, flow }: Evaluated, node: CodeNode): void {
  if (!VALUES.has(node.kind)) return;
  const made = bits[node.index] ?? 0;
  if ((made & VARIES) === 0) flags.set(node, 'constant-value');
  for (const [mask, flag] of BITS) if ((made & mask) !== 0) flags.set(node, flag);
  if ((made & FORMATTED) !== 0) {
    if ((made & SQL) !== 0) flags.set(node, 'formatted-sql');
    if ((made & HTML) !== 0) flags.set(node, 'formatted-html');
    if ((made & COMMAND) !== 0) flags.set(node, 'formatted-command');
    if ((made & PATH_TEXT) !== 0) flags.set(node, 'formatted-path');
    if ((made & QUOTED) !== 0) flags.set(node, 'formatted-quoted');
    if ((made & HTML) !== 0 && (made & RAW.html) !== 0) flags.set(node, 'raw-in-html');
    if ((made & COMMAND) !== 0 && (made & RAW.command) !== 0) flags.set(node, 'raw-in-command');
  }
  if ((made & (PARAMETER | SOURCE)) !== 0) {
    for (const [mask, flag] of RAW_FLAGS) if ((made & mask) !== 0) flags.set(node, flag);
  }
  if (flow.checked[node.index] === true) flags.set(node, 'checked');
}
