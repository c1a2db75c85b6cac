import type { CodeNode } from './code-tree.ts';

type Connect = (from: CodeNode, to: CodeNode) => void;
type Loop = { breaks: CodeNode[]; head: CodeNode };

/** Connects each statement with those that can run next, definition by definition. */
export function connectStatements(nodes: readonly CodeNode[], connect: Connect): void {
  for (const node of nodes) {
    const { kind } = node;
    if (kind === 'module' || kind === 'class_definition' || kind === 'function_definition') {
      run(part(node, 'body'), kind === 'module' ? [] : [node], connect, null);
    }
  }
}

function part(node: CodeNode, role: CodeNode['role']): CodeNode[] {
  return node.children.filter((child) => child.role === role);
}

/** Runs statements in their order after any of `before`, and returns the statements that the end comes after. */
function run(
  statements: readonly CodeNode[],
  before: readonly CodeNode[],
  connect: Connect,
  loop: Loop | null,
): readonly CodeNode[] {
  let last = before;
  for (const statement of statements) {
    for (const from of last) connect(from, statement);
    last = through(statement, connect, loop);
  }
  return last;
}

/** The statements after which what comes behind a statement runs. */
function through(node: CodeNode, connect: Connect, loop: Loop | null): readonly CodeNode[] {
  switch (node.kind) {
    case 'return_statement':
    case 'raise_statement':
      return [];
    case 'break_statement':
      loop?.breaks.push(node);
      return [];
    case 'continue_statement':
      if (loop) connect(node, loop.head);
      return [];
    case 'if_statement':
    case 'match_statement':
      return branches(node, connect, loop);
    case 'for_statement':
    case 'while_statement':
      return looping(node, connect);
    case 'try_statement':
      return trying(node, connect, loop);
    case 'with_statement':
      return run(part(node, 'body'), [node], connect, loop);
    default:
      return [node];
  }
}

function branches(node: CodeNode, connect: Connect, loop: Loop | null): readonly CodeNode[] {
  const taken = part(node, 'consequence');
  const ends = taken.length > 0 ? [...run(taken, [node], connect, loop)] : [];
  let open = true;
  for (const child of node.children) {
    if (child.kind === 'elif_clause' || child.kind === 'case_clause') {
      connect(node, child);
      ends.push(...run(part(child, 'consequence'), [child], connect, loop));
    } else if (child.kind === 'else_clause') {
      open = false;
      ends.push(...run(part(child, 'body'), [node], connect, loop));
    }
  }
  return open ? [...ends, node] : ends;
}

function looping(node: CodeNode, connect: Connect): readonly CodeNode[] {
  const loop: Loop = { breaks: [], head: node };
  for (const end of run(part(node, 'body'), [node], connect, loop)) connect(end, node);
  const otherwise = node.children.find(({ kind }) => kind === 'else_clause');
  const normal = otherwise ? run(part(otherwise, 'body'), [node], connect, null) : [node];
  return [...normal, ...loop.breaks];
}

/** An exception can come from the whole body: its handlers are taken to follow the `try` itself. */
function trying(node: CodeNode, connect: Connect, loop: Loop | null): readonly CodeNode[] {
  const clauses = node.children.filter(({ kind }) => kind.endsWith('_clause'));
  const body = node.children.filter((child) => !clauses.includes(child));
  let ends = [...run(body, [node], connect, loop)];
  for (const clause of clauses) {
    const inside = clause.children.filter(({ role }) => role === 'body');
    if (clause.kind === 'except_clause') {
      connect(node, clause);
      ends.push(...run(inside, [clause], connect, loop));
    } else {
      ends = [...run(inside, ends, connect, loop)];
    }
  }
  return ends;
}
