import { recordChecks } from './checks.ts';
import type { CodeNode } from './code-tree.ts';
import { bind, bindTarget, type Walk } from './definitions.ts';
import { type Changes, currentVersion, joinBranches, putBack, takeBack, type Version } from './scopes.ts';

/** Of the ways round a loop that bind a name, so many count. */
const MAX_MEETING = 32;

/** Follows an `if` with all its branches. Says whether what comes behind it can be reached. */
export function followBranches(walk: Walk, node: CodeNode): boolean {
  const branches: (Changes | null)[] = [];
  follow(walk, node, 'condition');
  for (const child of node.children) if (child.role === 'condition') recordChecks(walk, child);
  branches.push(branch(walk, () => follow(walk, node, 'consequence')));
  let closed = false;
  for (const child of node.children) {
    if (child.kind === 'elif_clause') {
      follow(walk, child, 'condition');
      for (const test of child.children) if (test.role === 'condition') recordChecks(walk, test);
      branches.push(branch(walk, () => follow(walk, child, 'consequence')));
    } else if (child.kind === 'else_clause') {
      closed = true;
      branches.push(branch(walk, () => walk.follow(child.children)));
    }
  }
  if (!closed) branches.push(new Map());
  joinBranches(walk.state, branches);
  return branches.some((each) => each !== null);
}

/** Follows a `match`; that no case fits is a way through it. */
export function followMatch(walk: Walk, node: CodeNode): boolean {
  follow(walk, node, 'subject');
  const subject = node.children.find(({ role }) => role === 'subject') ?? null;
  const branches: (Changes | null)[] = [new Map()];
  for (const clause of node.children) {
    if (clause.kind !== 'case_clause') continue;
    const followed = branch(walk, () => {
      const body = clause.children.filter(({ role }) => role === 'consequence' || role === 'guard');
      for (const pattern of clause.children) if (!body.includes(pattern)) bindPattern(walk, pattern, subject);
      return walk.follow(body);
    });
    branches.push(followed);
  }
  joinBranches(walk.state, branches);
  return true;
}

/** A plain name in a pattern takes what is there; a dotted name, a class and a keyword are only compared. */
function bindPattern(walk: Walk, pattern: CodeNode, subject: CodeNode | null): void {
  const { kind, name, parent } = pattern;
  const captures = kind === 'identifier' ? parent?.kind !== 'keyword_pattern' : kind === 'dotted_name';
  if (captures && parent?.kind !== 'class_pattern' && !name.includes('.')) bind(walk, name, pattern, subject);
  for (const child of pattern.children) bindPattern(walk, child, subject);
}

/** An exception can come from anywhere in the body: its handlers see what was bound before and in it. */
export function followTry(walk: Walk, node: CodeNode): boolean {
  const { state } = walk;
  const mark = state.log.length;
  const clauses = node.children.filter(({ kind }) => kind.endsWith('_clause'));
  const reached = walk.follow(node.children.filter((child) => !clauses.includes(child)));
  const body = takeBack(state, mark);
  const handled = clauses.filter(({ kind }) => kind === 'except_clause');
  const branches = handled.map((clause) =>
    branch(walk, () => {
      joinBranches(state, [new Map(), body]);
      return walk.follow(clause.children);
    }),
  );
  const otherwise = clauses.find(({ kind }) => kind === 'else_clause');
  const whole = branch(walk, () => {
    putBack(state, body);
    return otherwise ? walk.follow(otherwise.children) && reached : reached;
  });
  branches.push(whole);
  joinBranches(state, branches);
  const ending = clauses.find(({ kind }) => kind === 'finally_clause');
  const ended = ending ? walk.follow(ending.children) : true;
  return ended && branches.some((each) => each !== null);
}

/**
 * Follows a loop. What its body binds meets what was there before at its head, so the names that it binds are
 * found out by a trial first.
 */
export function followLoop(walk: Walk, node: CodeNode): boolean {
  const { state } = walk;
  const iterable = node.children.find(({ role }) => role === 'right') ?? null;
  follow(walk, node, 'right');
  const heads = new Map<string, Version>();
  const mark = state.log.length;
  if (!walk.trial) {
    walk.trial = true;
    round(walk, node, iterable);
    walk.trial = false;
    for (const name of takeBack(state, mark).keys()) {
      const before = currentVersion(state, name);
      heads.set(name, { node: null, from: before ? [before] : [] });
    }
  }
  putBack(state, heads);
  const inner = state.log.length;
  walk.loops.push(heads);
  const reached = round(walk, node, iterable);
  walk.loops.pop();
  if (reached) meetAtHead(walk, heads);
  const changes = takeBack(state, inner);
  // In a trial there are no heads: that the names were bound is all that counts.
  if (walk.trial) putBack(state, changes);
  const otherwise = node.children.find(({ kind }) => kind === 'else_clause');
  if (otherwise) walk.follow(otherwise.children);
  return true;
}

function round(walk: Walk, node: CodeNode, iterable: CodeNode | null): boolean {
  follow(walk, node, 'condition');
  for (const child of node.children) {
    if (child.role === 'condition') recordChecks(walk, child);
    if (child.role === 'left') bindTarget(walk, child, iterable);
  }
  return follow(walk, node, 'body');
}

/** A `break` or `continue`: what holds here can hold at the head of the loop, and behind it. */
export function leaveLoop(walk: Walk): void {
  const heads = walk.loops.at(-1);
  if (heads) meetAtHead(walk, heads);
}

function meetAtHead(walk: Walk, heads: ReadonlyMap<string, Version>): void {
  for (const [name, head] of heads) {
    const version = walk.state.current.get(name);
    if (!version || version === head || head.from.length >= MAX_MEETING) continue;
    if (!head.from.includes(version)) head.from.push(version);
  }
}

/** Follows one branch and takes back what it bound. Null where its end cannot be reached. */
function branch(walk: Walk, body: () => boolean): Changes | null {
  const mark = walk.state.log.length;
  const reached = body();
  const changes = takeBack(walk.state, mark);
  return reached ? changes : null;
}

function follow(walk: Walk, node: CodeNode, role: CodeNode['role']): boolean {
  return walk.follow(node.children.filter((child) => child.role === role));
}
