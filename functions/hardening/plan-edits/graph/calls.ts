import type { CodeNode, CodeTree } from './code-tree.ts';
import type { NameFlow } from './definitions.ts';
import { definitionsOf } from './scopes.ts';

/** Which calls of a file call what in it. The lists go by the index of a node. */
export type Calls = {
  /** Of a call: the function or class that it calls. */
  callee: (CodeNode | undefined)[];
  /** Of a parameter: the arguments that calls in the file pass for it. */
  passed: (CodeNode[] | undefined)[];
  /** Of a function: the expressions that it returns. */
  returns: (CodeNode[] | undefined)[];
};

/** Finds the calls whose function or class stands in the same file, and what they pass for each parameter. */
export function resolveCalls({ nodes }: CodeTree, flow: NameFlow): Calls {
  const calls: Calls = {
    callee: new Array(nodes.length),
    passed: new Array(nodes.length),
    returns: new Array(nodes.length),
  };
  for (const node of nodes) {
    if (node.kind === 'return_statement') recordReturn(calls, node);
    if (node.kind !== 'call') continue;
    const version = node.children[0] ? flow.uses[node.children[0].index] : undefined;
    const callee = version ? definitionsOf(version).find(isCallable) : undefined;
    if (!callee) continue;
    calls.callee[node.index] = callee;
    passArguments(calls, node, callee);
  }
  return calls;
}

function isCallable({ kind }: CodeNode): boolean {
  return kind === 'function_definition' || kind === 'class_definition';
}

function recordReturn(calls: Calls, node: CodeNode): void {
  const value = node.children[0];
  const definition = enclosingFunction(node);
  if (!value || !definition) return;
  const known = calls.returns[definition.index];
  if (known) known.push(value);
  else calls.returns[definition.index] = [value];
}

export function enclosingFunction(node: CodeNode): CodeNode | null {
  let around = node.parent;
  while (around && around.kind !== 'function_definition') around = around.parent;
  return around;
}

function passArguments(calls: Calls, call: CodeNode, callee: CodeNode): void {
  const definition =
    callee.kind === 'class_definition'
      ? callee.children.find(({ kind, name }) => kind === 'function_definition' && name === '__init__')
      : callee;
  if (!definition) return;
  const [called, ...given] = call.children;
  const method = definition !== callee || called?.kind === 'attribute';
  const parameters = definition.children.filter(({ role }) => role === 'parameter').slice(method ? 1 : 0);
  let position = 0;
  for (const argument of given) {
    const keyword = argument.kind === 'keyword_argument';
    const parameter = keyword ? parameters.find(({ name }) => name === argument.name) : parameters[position];
    if (!keyword) position += 1;
    if (!parameter) continue;
    const known = calls.passed[parameter.index];
    if (known) known.push(argument);
    else calls.passed[parameter.index] = [argument];
  }
}
