import type { CodeNode } from './code-tree.ts';
import type { Walk } from './definitions.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['in', 'notin', '==', '!=', '<', '<=', '>', '>=']);
/** Names of functions that check what they are given. */
export const CHECKING = /check|valid|verify|assert|sanit|ensure|allowed|safe|authori|permit|restrict/i;

/** What a condition compares or asks about counts as checked from here on. */
export function recordChecks(walk: Walk, condition: CodeNode): void {
  if (walk.trial) return;
  const { kind, name } = condition;
  if (kind === 'comparison_operator' && COMPARISONS.has(name.replaceAll(/\s/g, ''))) {
    for (const operand of condition.children) markChecked(walk, operand);
  } else if (kind === 'call') {
    recordCall(walk, condition);
  } else if (kind !== 'identifier' && kind !== 'attribute') {
    for (const child of condition.children) recordChecks(walk, child);
  }
}

/** A statement such as `check_path(name)` checks what it is given. */
export function recordCheckingCall(walk: Walk, call: CodeNode): void {
  if (!walk.trial && CHECKING.test(call.children[0]?.name ?? '')) recordCall(walk, call);
}

function recordCall(walk: Walk, call: CodeNode): void {
  const [callee, ...passed] = call.children;
  if (callee?.kind === 'attribute' && callee.children[0]) markChecked(walk, callee.children[0]);
  for (const argument of passed) markChecked(walk, argument);
}

function markChecked(walk: Walk, node: CodeNode): void {
  const version = walk.flow.uses[node.index];
  if (version) walk.checked.add(version);
  else if (node.kind === 'call') recordCall(walk, node);
}
