import { followBranches, followLoop, followMatch, followTry, leaveLoop } from './branches.ts';
import { recordCheckingCall, recordChecks } from './checks.ts';
import type { CodeNode } from './code-tree.ts';
import {
  addByCall,
  bind,
  bindTarget,
  briefly,
  type NameFlow,
  useName,
  variable,
  type Walk,
} from './definitions.ts';
import { bindParameter, followClass, followFunction, newState } from './scope-flow.ts';
import { takeBack } from './scopes.ts';

/**
 * Follows the names of a module: which definitions reach each use, on whatever path the program takes. Branches
 * meet, loops come round again, functions see all that the scopes around them bind, and methods all that any
 * method of the class binds to the object's attributes. Code that cannot be reached is followed too.
 */
export function followNames(module: CodeNode, size: number): NameFlow {
  const flow: NameFlow = {
    uses: new Array(size),
    values: new Array(size),
    additions: new Array(size),
    checked: new Array(size),
  };
  const walk: Walk = {
    state: newState({ bound: new Map(), outer: null }),
    flow,
    trial: false,
    loops: [],
    checked: new Set(),
    follow: (nodes) => follow(walk, nodes),
  };
  follow(walk, module.children);
  return flow;
}

/** Follows statements or expressions in their order, and says whether what comes behind them can be reached. */
function follow(walk: Walk, nodes: readonly CodeNode[]): boolean {
  let reached = true;
  for (const node of nodes) reached = step(walk, node) && reached;
  return reached;
}

function step(walk: Walk, node: CodeNode): boolean {
  switch (node.kind) {
    case 'identifier':
      useName(walk, node.name, node);
      return true;
    case 'attribute':
      followAttribute(walk, node);
      return true;
    case 'call':
      follow(walk, node.children);
      addByCall(walk, node);
      recordCheckingCall(walk, node);
      return true;
    case 'assignment':
    case 'augmented_assignment':
    case 'named_expression':
      followAssignment(walk, node);
      return true;
    case 'as_pattern':
      followAs(walk, node);
      return true;
    case 'if_statement':
      return followBranches(walk, node);
    case 'for_statement':
    case 'while_statement':
      return followLoop(walk, node);
    case 'try_statement':
      return followTry(walk, node);
    case 'match_statement':
      return followMatch(walk, node);
    case 'return_statement':
    case 'raise_statement':
      follow(walk, node.children);
      return false;
    case 'break_statement':
    case 'continue_statement':
      leaveLoop(walk);
      return false;
    default:
      followOther(walk, node);
      return true;
  }
}

function followOther(walk: Walk, node: CodeNode): void {
  switch (node.kind) {
    case 'function_definition':
      followFunction(walk, node);
      return;
    case 'class_definition':
      followClass(walk, node);
      return;
    case 'lambda':
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      followOwnNames(walk, node);
      return;
    case 'assert_statement':
      follow(walk, node.children);
      for (const child of node.children.slice(0, 1)) recordChecks(walk, child);
      return;
    case 'import_statement':
    case 'import_from_statement':
      for (const child of node.children) bindImport(walk, child, node.kind === 'import_statement');
      return;
    case 'global_statement':
    case 'nonlocal_statement':
      for (const { name } of node.children) walk.state.borrowed.add(name);
      return;
    default:
      follow(walk, node.children);
  }
}

function followAttribute(walk: Walk, node: CodeNode): void {
  const name = variable(walk, node);
  if (name === null) follow(walk, node.children);
  else useName(walk, name, node);
}

function followAssignment(walk: Walk, node: CodeNode): void {
  const target = node.children.find(({ role }) => role === 'left' || role === 'name');
  const value = node.children.find(({ role }) => role === 'right' || role === 'value') ?? null;
  for (const child of node.children) {
    if (child !== target) step(walk, child);
  }
  if (!target) return;
  const direct = variable(walk, target) !== null;
  if (!direct || node.kind === 'augmented_assignment') step(walk, target);
  // `x = y = value`: the value of an assignment is what it assigns.
  const source = innermostValue(value);
  // What `x += value` gives is made of both: the operation as a whole is the value.
  bindTarget(walk, target, node.kind === 'augmented_assignment' ? node : source);
}

function innermostValue(value: CodeNode | null): CodeNode | null {
  let inner = value;
  while (inner?.kind === 'assignment') inner = inner.children.find(({ role }) => role === 'right') ?? null;
  return inner;
}

function followAs(walk: Walk, node: CodeNode): void {
  for (const child of node.children) {
    if (child.role === 'alias') bindTarget(walk, child, node.children[0] ?? null);
    else step(walk, child);
  }
}

function bindImport(walk: Walk, node: CodeNode, whole: boolean): void {
  const name = node.alias || (whole ? node.name.split('.', 1)[0] : node.name);
  if (name) bind(walk, name, node, null);
}

/** Comprehensions and lambdas bind names that nobody else sees, and say what they do with them first. */
function followOwnNames(walk: Walk, node: CodeNode): void {
  const mark = walk.state.log.length;
  for (const child of node.children) {
    if (child.role === 'parameter') briefly(walk, () => bindParameter(walk, child));
    else if (child.kind === 'for_in_clause') followForClause(walk, child);
    else if (child.role !== 'body') step(walk, child);
  }
  follow(
    walk,
    node.children.filter(({ role, kind }) => role === 'body' && kind !== 'for_in_clause'),
  );
  takeBack(walk.state, mark);
}

function followForClause(walk: Walk, clause: CodeNode): void {
  const value = clause.children.find(({ role }) => role === 'right') ?? null;
  for (const child of clause.children) {
    if (child.role !== 'left') step(walk, child);
  }
  for (const child of clause.children) {
    if (child.role === 'left') briefly(walk, () => bindTarget(walk, child, value));
  }
}
