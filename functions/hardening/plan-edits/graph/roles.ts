import { ROLES, type Role } from './graph-spec.ts';
import type { NodeKind } from './node-kinds.ts';
import type { SyntaxNode } from './syntax-tree.ts';

const NAMED: ReadonlySet<string> = new Set(ROLES);
const ARGUMENTS: readonly Role[] = ['first-argument', 'second-argument', 'third-argument'];
const SEQUENCES: ReadonlySet<string> = new Set([
  'list',
  'tuple',
  'set',
  'expression_list',
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'dictionary',
]);

/** The roles of children that the grammar gives no field. */
const POSITIONS: Readonly<Record<string, readonly Role[]>> = {
  comparison_operator: ['left', 'right'],
  conditional_expression: ['value', 'condition', 'alternative'],
  assert_statement: ['condition', 'argument'],
  if_clause: ['condition'],
  as_pattern: ['value'],
  return_statement: ['value'],
  raise_statement: ['value'],
  await: ['value'],
  yield: ['value'],
};

/**
 * What a child is to the node around it. `inherited` is the role of the wrapper that it lies in, `position` its
 * place among those that lie in the same wrapper or node.
 */
export function roleOf(
  part: SyntaxNode,
  child: SyntaxNode,
  holder: NodeKind,
  inherited: Role,
  position: number,
): Role {
  if (part.type === 'argument_list') return argumentRole(child, holder, position);
  if (part.type === 'parameters' || part.type === 'lambda_parameters') return 'parameter';
  if (part.type === 'interpolation' || part.type === 'format_expression') return 'interpolation';
  if (child.type === 'generator_expression' && child.field === 'arguments') return 'first-argument';
  if (child.field !== null && NAMED.has(child.field)) return child.field as Role;
  if (child.type === 'block') return 'body';
  if (SEQUENCES.has(part.type)) return 'element';
  const byPosition = POSITIONS[part.type];
  if (byPosition) return byPosition[Math.min(position, byPosition.length - 1)] ?? inherited;
  return inherited;
}

function argumentRole(child: SyntaxNode, holder: NodeKind, position: number): Role {
  if (child.type === 'keyword_argument') return 'keyword';
  if (holder === 'class_definition') return 'superclass';
  if (child.type === 'dictionary_splat') return 'later-argument';
  return ARGUMENTS[position] ?? 'later-argument';
}
