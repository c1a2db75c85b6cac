import type { CodeNode } from './code-tree.ts';
import { bind, bindTarget, type Walk } from './definitions.ts';
import type { Scope, State } from './scopes.ts';

/** What holds where a scope begins: nothing. */
export function newState(scope: Scope): State {
  return {
    current: new Map(),
    log: [],
    scope,
    closure: scope,
    borrowed: new Set(),
    self: null,
    attributes: null,
  };
}

/** Binds a parameter inside its function. */
export function bindParameter(walk: Walk, parameter: CodeNode): void {
  if (parameter.name !== '') {
    bind(walk, parameter.name, parameter, null);
    return;
  }
  for (const child of parameter.children) {
    if (child.role !== 'type' && child.role !== 'value') bindTarget(walk, child, null);
  }
}

/** Follows a definition where it stands, and its body with all that it can see. */
export function followFunction(walk: Walk, node: CodeNode): void {
  const parameters = node.children.filter(({ role }) => role === 'parameter');
  const body = node.children.filter(({ role }) => role === 'body');
  for (const child of node.children) {
    if (child.role === 'parameter') walk.follow(child.kind === 'identifier' ? [] : outerParts(child));
    else if (child.role !== 'body') walk.follow([child]);
  }
  bind(walk, node.name, node, null);
  if (walk.trial) return;
  const around = walk.state;
  const state = newState({ bound: new Map(), outer: around.closure });
  state.self = selfOf(node, parameters) ?? around.self;
  state.attributes = around.attributes;
  within(walk, state, () => {
    for (const parameter of parameters) bindParameter(walk, parameter);
    walk.follow(body);
  });
}

/** A default and a type belong to the scope around the function. */
function outerParts(parameter: CodeNode): readonly CodeNode[] {
  return parameter.children.filter(({ role }) => role === 'value' || role === 'type');
}

/** What a method calls its object: its first parameter, where it is in a class or has the usual name. */
function selfOf(node: CodeNode, parameters: readonly CodeNode[]): string | null {
  const first = parameters[0]?.name;
  const method = node.parent?.kind === 'class_definition' || first === 'self' || first === 'cls';
  return method && first ? first : null;
}

/** Follows a class: its body sees the scope around, its methods do not see the names of the body. */
export function followClass(walk: Walk, node: CodeNode): void {
  walk.follow(node.children.filter(({ role }) => role !== 'body'));
  bind(walk, node.name, node, null);
  if (walk.trial) return;
  const { closure } = walk.state;
  const bound: Scope['bound'] = new Map();
  const state = { ...newState({ bound, outer: closure }), closure, attributes: new Map() };
  within(walk, state, () => {
    walk.follow(node.children.filter(({ role }) => role === 'body'));
  });
  for (const [name, version] of bound) {
    const attribute = state.attributes.get(`self.${name}`);
    if (attribute) attribute.from.push(version);
  }
}

function within(walk: Walk, state: State, body: () => void): void {
  const { state: around, loops } = walk;
  walk.state = state;
  walk.loops = [];
  body();
  walk.state = around;
  walk.loops = loops;
}
