import type { CodeNode } from './code-tree.ts';

/** A definition as uses see it: one place that defines a name, or several of which any may have been the last. */
export type Version = {
  /** The node that defines the name; null where several versions meet. */
  node: CodeNode | null;
  /** The versions that meet. A list that grows later is seen by all who were given the version. */
  from: Version[];
};

/** The names of one function, class body or module, all that they are ever bound to. */
export type Scope = {
  bound: Map<string, Version>;
  /** The scope around, for names that are not bound here; class bodies are passed over. */
  outer: Scope | null;
};

/** The names that hold a value at the place where a walk is, with what undoes the last changes. */
export type State = {
  current: Map<string, Version>;
  log: { name: string; before: Version | undefined }[];
  scope: Scope;
  /** The scope that functions defined here see: this one, or the one around a class body. */
  closure: Scope;
  /** Names that belong to a scope around, by `global` or `nonlocal`. */
  borrowed: Set<string>;
  /** What methods call their object, and what is bound to its attributes anywhere in the class. */
  self: string | null;
  attributes: Map<string, Version> | null;
};

/** The changes that a branch made: the last version of each name that it bound. */
export type Changes = Map<string, Version>;

export function setCurrent(state: State, name: string, version: Version): void {
  state.log.push({ name, before: state.current.get(name) });
  state.current.set(name, version);
}

/** Binds a name where `node` is, for the rest of this path and for functions that see this scope. */
export function bindName(state: State, name: string, node: CodeNode): void {
  const version: Version = { node, from: [] };
  setCurrent(state, name, version);
  remember(state, name, version);
}

/** A change of what a name holds that keeps what it held: both reach later uses. */
export function extendName(state: State, name: string, node: CodeNode): void {
  const before = currentVersion(state, name);
  const added: Version = { node, from: [] };
  setCurrent(state, name, before ? { node: null, from: [added, before] } : added);
  remember(state, name, added);
}

function remember(state: State, name: string, version: Version): void {
  placeholder(home(state, name), name).from.push(version);
}

/** Where all that a name is ever bound to is kept. */
function home(state: State, name: string): Map<string, Version> {
  if (name.startsWith('self.')) return state.attributes ?? state.scope.bound;
  if (!state.borrowed.has(name)) return state.scope.bound;
  let scope = state.scope;
  while (scope.outer !== null && (scope === state.scope || !scope.bound.has(name))) scope = scope.outer;
  return scope.bound;
}

/** What a name holds here: by this path, else anything that scopes around ever bind to it. */
export function currentVersion(state: State, name: string): Version | undefined {
  const here = state.current.get(name);
  if (here) return here;
  if (name.startsWith('self.')) return placeholder(home(state, name), name);
  for (let scope = state.scope.outer; scope !== null; scope = scope.outer) {
    const version = scope.bound.get(name);
    if (version) return version;
  }
  return undefined;
}

/** Attributes may be bound in methods that come later. */
function placeholder(bound: Map<string, Version>, name: string): Version {
  const known = bound.get(name);
  if (known) return known;
  const made: Version = { node: null, from: [] };
  bound.set(name, made);
  return made;
}

/** Takes back what was bound since the mark, and returns it. */
export function takeBack(state: State, mark: number): Changes {
  const changes: Changes = new Map();
  while (state.log.length > mark) {
    const entry = state.log.pop();
    if (!entry) break;
    const now = state.current.get(entry.name);
    if (now && !changes.has(entry.name)) changes.set(entry.name, now);
    if (entry.before) state.current.set(entry.name, entry.before);
    else state.current.delete(entry.name);
  }
  return changes;
}

export function putBack(state: State, changes: Changes): void {
  for (const [name, version] of changes) setCurrent(state, name, version);
}

/** Goes on after branches of which one was taken. A branch that never gets here is null. */
export function joinBranches(state: State, branches: readonly (Changes | null)[]): void {
  const live = branches.filter((branch) => branch !== null);
  const names = new Set(live.flatMap((branch) => [...branch.keys()]));
  for (const name of names) {
    const versions = new Set(live.flatMap((branch) => branch.get(name) ?? state.current.get(name) ?? []));
    const [only] = versions;
    if (only) setCurrent(state, name, versions.size === 1 ? only : { node: null, from: [...versions] });
  }
}

const MAX_DEFINITIONS = 12;
const MAX_STEPS = 64;

/** The places that may have defined a version, near ones first; at most twelve. */
export function definitionsOf(version: Version): CodeNode[] {
  if (version.node) return [version.node];
  const found = new Set<CodeNode>();
  const seen = new Set<Version>([version]);
  for (const each of seen) {
    if (each.node) found.add(each.node);
    if (found.size >= MAX_DEFINITIONS) break;
    for (let next = 0; next < each.from.length && seen.size < MAX_STEPS; next += 1) {
      const met = each.from[next];
      if (met) seen.add(met);
    }
  }
  return [...found];
}
