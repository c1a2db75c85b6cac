import { callBits, operationBits } from './call-values.ts';
import type { CodeNode, CodeTree } from './code-tree.ts';
import { any, type Evaluation, type Known } from './evaluation.ts';
import { definitionBits, nameBits } from './name-values.ts';
import { definitionsOf } from './scopes.ts';
import { textFlags } from './text-flags.ts';
import {
  CARRIED,
  COMMAND,
  FORMATTED,
  HTML,
  LIST,
  PATH_TEXT,
  QUOTED,
  SAID,
  SQL,
  TEXT,
  VARIES,
} from './value-bits.ts';

const MAX_ROUNDS = 6;

/** Finds what the value of each node may be made of, by its index: constants, parameters, what was done to them. */
export function evaluate(known: Known): { bits: Int32Array; sources: Evaluation['sources'] } {
  const { tree, flow } = known;
  const bits = new Int32Array(tree.nodes.length);
  const sources = flow.uses.map((version) => (version ? definitionsOf(version) : undefined));
  const evaluation: Evaluation = { ...known, bits, sources };
  const order = innermostFirst(tree);
  let changed = true;
  for (let round = 0; changed && round < MAX_ROUNDS; round += 1) {
    changed = false;
    for (const node of order) {
      const now = made(evaluation, node) | (bits[node.index] ?? 0);
      if (now !== bits[node.index]) {
        bits[node.index] = now;
        changed = true;
      }
    }
  }
  return { bits, sources };
}

/** Children before parents, and otherwise as the code runs. */
function innermostFirst({ nodes }: CodeTree): CodeNode[] {
  const order: CodeNode[] = [];
  const visit = (node: CodeNode): void => {
    for (const child of node.children) visit(child);
    order.push(node);
  };
  if (nodes[0]) visit(nodes[0]);
  return order;
}

function made(on: Evaluation, node: CodeNode): number {
  switch (node.kind) {
    case 'string':
      return stringBits(on, node);
    case 'identifier':
    case 'attribute':
      return nameBits(on, node);
    case 'default_parameter':
    case 'typed_parameter':
    case 'typed_default_parameter':
      return definitionBits(on, node);
    case 'call':
      return callBits(on, node);
    case 'binary_operator':
    case 'augmented_assignment':
      return operationBits(on, node);
    case 'boolean_operator':
      return any(on, node.children);
    case 'conditional_expression':
      return any(
        on,
        node.children.filter(({ role }) => role !== 'condition'),
      );
    case 'subscript':
      return any(on, node.children.slice(0, 1)) & ~(LIST | FORMATTED);
    case 'comparison_operator':
    case 'not_operator':
    case 'lambda':
      return 0;
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
    case 'dictionary':
      return (any(on, node.children) & CARRIED) | LIST;
    case 'list_comprehension':
    case 'set_comprehension':
    case 'generator_expression':
    case 'dictionary_comprehension':
      return (any(on, node.children.slice(0, 1)) & (CARRIED | FORMATTED)) | LIST;
    case 'pair':
    case 'keyword_argument':
    case 'named_expression':
    case 'assignment':
      return any(on, node.children.slice(-1));
    case 'await':
    case 'yield':
    case 'unary_operator':
    case 'slice':
    case 'list_splat':
    case 'dictionary_splat':
    case 'as_pattern':
      return any(on, node.children);
    default:
      return 0;
  }
}

function stringBits(on: Evaluation, node: CodeNode): number {
  const values = any(on, node.children) & (CARRIED | SAID);
  return saidBits(node) | values | ((values & VARIES) === 0 ? 0 : FORMATTED);
}

const said = new WeakMap<CodeNode, number>();

function saidBits(node: CodeNode): number {
  const known = said.get(node);
  if (known !== undefined) return known;
  const flags = textFlags(node.name);
  let bits = TEXT;
  if (flags.includes('says-sql')) bits |= SQL;
  if (flags.includes('says-html')) bits |= HTML;
  if (flags.includes('says-command')) bits |= COMMAND;
  if (flags.includes('has-quoted-placeholder')) bits |= QUOTED;
  if (/[\\/]/.test(node.name) && !/[\s<>]/.test(node.name)) bits |= PATH_TEXT;
  said.set(node, bits);
  return bits;
}
