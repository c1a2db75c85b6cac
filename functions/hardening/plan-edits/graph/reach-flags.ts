import type { CodeNode } from './code-tree.ts';
import type { Evaluated } from './evaluated.ts';
import type { FlagName } from './flag-names.ts';
import type { FlagRows } from './flag-rows.ts';

type ReachFlag = Extract<FlagName, `reaches-${string}`>;

const REACHED: readonly (readonly [FlagName, ReachFlag])[] = [
  ['sink-sql', 'reaches-sql'],
  ['sink-command', 'reaches-command'],
  ['sink-html', 'reaches-html'],
  ['sink-path', 'reaches-path'],
  ['sink', 'reaches-other-sink'],
];

/** Says of each value which kinds of sink it comes to: as an argument, as a part of one, or through names. */
export function setReachFlags(flags: FlagRows, evaluated: Evaluated): void {
  for (const node of evaluated.tree.nodes) {
    if (!flags.has(node, 'argument-of-sink') || !node.parent) continue;
    const call = node.parent;
    const reached = REACHED.find(([sink]) => flags.has(call, sink));
    if (reached) spread(flags, evaluated, node, reached[1]);
  }
}

function spread(flags: FlagRows, evaluated: Evaluated, start: CodeNode, flag: ReachFlag): void {
  const waiting = [start];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (flags.has(node, flag)) continue;
    flags.set(node, flag);
    waiting.push(...partsOf(evaluated, node));
  }
}

/** What a value is made of: the parts of its expression, and what defines the names in it. */
export function partsOf({ sources, flow, bits }: Evaluated, node: CodeNode): readonly CodeNode[] {
  const origin = flow.values[node.index];
  const defined = origin ? [origin] : [];
  const before = sources[node.index];
  if (before) return [...before, ...defined];
  switch (node.kind) {
    case 'comparison_operator':
    case 'lambda':
      return defined;
    case 'conditional_expression':
      return node.children.filter(({ role }) => role !== 'condition');
    case 'call': {
      const [callee, ...given] = node.children;
      // What a call in the file's own code or elsewhere makes of its arguments is not known: it may keep them.
      return callee?.kind === 'attribute' ? [...callee.children, ...given] : given;
    }
    default:
      return (bits[node.index] ?? 0) === 0 && node.children.length === 0
        ? defined
        : [...node.children, ...defined];
  }
}
