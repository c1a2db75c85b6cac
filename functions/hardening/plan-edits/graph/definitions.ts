import type { CodeNode } from './code-tree.ts';
import { bindName, currentVersion, extendName, type State, setCurrent, type Version } from './scopes.ts';

/** What a walk over the code found out about its names. The lists go by the index of a node. */
export type NameFlow = {
  /** Of a use: what the name holds there. */
  uses: (Version | undefined)[];
  /** Of a definition: the expression that its value comes from. */
  values: (CodeNode | undefined)[];
  /** Of a definition: it adds to what the name holds (an item, an attribute) and is not the whole of it. */
  additions: boolean[];
  /** Of a use: the name was compared or passed to a check before. */
  checked: boolean[];
};

/** A walk: where it is, and what it found. */
export type Walk = {
  state: State;
  flow: NameFlow;
  /** A trial that only finds which names a loop binds: nothing else that it finds counts. */
  trial: boolean;
  /** The names that the loops around bind, each with the version that meets at the head of its loop. */
  loops: Map<string, Version>[];
  checked: Set<Version>;
  /** Follows nodes in their order, and says whether what comes behind them can be reached. */
  follow: (nodes: readonly CodeNode[]) => boolean;
};

const MUTATORS: ReadonlySet<string> = new Set([
  ...['append', 'appendleft', 'extend', 'insert', 'add', 'update', 'setdefault', 'write', 'put', 'push'],
]);

/** Records that a node reads a name. */
export function useName(walk: Walk, name: string, node: CodeNode): void {
  const version = currentVersion(walk.state, name);
  walk.flow.uses[node.index] = version;
  if (version && walk.checked.has(version)) walk.flow.checked[node.index] = true;
}

/** The name that a node reads or binds: its own, or `self.x` of a method's object. Null where it is neither. */
export function variable(walk: Walk, node: CodeNode): string | null {
  if (node.kind === 'identifier') return node.name;
  if (node.kind !== 'attribute') return null;
  const [object] = node.children;
  const { self } = walk.state;
  return object?.kind === 'identifier' && object.name === self ? `self.${node.name}` : null;
}

/** Binds a target of an assignment, a loop or a pattern to a value; null where no expression tells it. */
export function bindTarget(walk: Walk, target: CodeNode, value: CodeNode | null): void {
  const name = variable(walk, target);
  if (name !== null) {
    bind(walk, name, target, value);
    return;
  }
  switch (target.kind) {
    case 'attribute':
    case 'subscript':
      addTo(walk, target, value);
      return;
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
      bindEach(walk, target.children, value);
      return;
    default:
      for (const child of target.children) bindTarget(walk, child, value);
  }
}

export function bind(walk: Walk, name: string, node: CodeNode, value: CodeNode | null): void {
  if (walk.trial) setCurrent(walk.state, name, { node, from: [] });
  else bindName(walk.state, name, node);
  if (value) walk.flow.values[node.index] = value;
}

/** Binds names for a while, as a comprehension does: functions elsewhere do not see them. */
export function briefly(walk: Walk, binding: () => void): void {
  const { trial } = walk;
  walk.trial = true;
  binding();
  walk.trial = trial;
}

const SEQUENCES: ReadonlySet<string> = new Set(['tuple', 'list', 'expression_list']);

function bindEach(walk: Walk, targets: readonly CodeNode[], value: CodeNode | null): void {
  const parts = value && SEQUENCES.has(value.kind) ? value.children : [];
  const pairs = parts.length === targets.length && !targets.some(({ kind }) => kind === 'list_splat_pattern');
  targets.forEach((target, place) => {
    bindTarget(walk, target, (pairs ? parts[place] : value) ?? value);
  });
}

/** Binds more to the name that a target such as `name.x` or `name[0]` starts from. */
export function addTo(walk: Walk, target: CodeNode, value: CodeNode | null): void {
  let base: CodeNode | undefined = target;
  while (base && variable(walk, base) === null) {
    base = base.kind === 'attribute' || base.kind === 'subscript' ? base.children[0] : undefined;
  }
  const name = base ? variable(walk, base) : null;
  if (!base || name === null || name === walk.state.self) return;
  if (walk.trial) setCurrent(walk.state, name, { node: base, from: [] });
  else extendName(walk.state, name, base);
  if (value) walk.flow.values[base.index] = value;
  walk.flow.additions[base.index] = true;
}

/** A method such as `append` puts its last argument into its object. */
export function addByCall(walk: Walk, call: CodeNode): void {
  const [callee, ...passed] = call.children;
  const value = passed.findLast(({ kind }) => kind !== 'keyword_argument') ?? passed.at(-1);
  if (callee?.kind !== 'attribute' || !MUTATORS.has(callee.name) || !value) return;
  const [object] = callee.children;
  if (object) addTo(walk, object, value);
}

/** A definition of a module, a function or a class: its name holds no data, and uses of it are no flow. */
export function isNamesake({ kind, parent }: CodeNode): boolean {
  const imports = parent?.kind === 'import_statement' || parent?.kind === 'import_from_statement';
  return imports || kind === 'function_definition' || kind === 'class_definition';
}
