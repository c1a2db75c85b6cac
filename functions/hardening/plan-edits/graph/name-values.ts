import type { CodeNode } from './code-tree.ts';
import { isNamesake } from './definitions.ts';
import { any, bitsOf, type Evaluation } from './evaluation.ts';
import { isSource } from './taint-table.ts';
import { ALL_RAW, CARRIED, FORMATTED, LIST, PARAMETER, RAW, SOURCE, UNKNOWN, VARIES } from './value-bits.ts';

/** What the value of a name or an attribute may be made of. */
export function nameBits(on: Evaluation, node: CodeNode): number {
  const { index, role, name } = node;
  const dotted = on.names.dotted[index] ?? '';
  if (isSource(dotted)) return SOURCE | ALL_RAW;
  const sources = on.sources[index];
  if (sources) {
    let bits = sources.length === 0 ? UNKNOWN | ALL_RAW : 0;
    for (const source of sources) bits |= definitionBits(on, source);
    return on.flow.checked[index] === true ? bits & ~(RAW.path | RAW.other) : bits;
  }
  if (role === 'parameter' || on.flow.values[index]) return definitionBits(on, node);
  if (on.names.imported[index] === true || role === 'function') {
    return node.kind === 'attribute' && on.names.imported[index] !== true ? any(on, node.children) : 0;
  }
  if (node.kind === 'attribute') {
    const object = any(on, node.children) & CARRIED;
    return (object & VARIES) === 0 ? object | UNKNOWN | ALL_RAW : object;
  }
  // Names in capitals are constants by custom; those between underscores are Python's own.
  return /^[A-Z][A-Z0-9_]*$|^__\w+__$/.test(name) ? 0 : UNKNOWN | ALL_RAW;
}

/** What a definition gives to the uses that it reaches. */
export function definitionBits(on: Evaluation, source: CodeNode): number {
  const value = on.flow.values[source.index];
  if (value) {
    const bits = bitsOf(on, value);
    if (on.flow.additions[source.index] === true) return bits & (CARRIED | FORMATTED);
    return isElement(value) ? bits & ~LIST : bits;
  }
  if (isNamesake(source)) return 0;
  const parameter = source.role === 'parameter' || source.parent?.role === 'parameter';
  if (!parameter) return UNKNOWN | ALL_RAW;
  if (source.name === 'self' || source.name === 'cls') return 0;
  const passed = on.calls.passed[source.index];
  return PARAMETER | ALL_RAW | (passed ? any(on, passed) & ~UNKNOWN : 0);
}

/** The target of a loop holds an item of its value, not all of it. */
function isElement(value: CodeNode): boolean {
  const around = value.parent?.kind;
  return (around === 'for_statement' || around === 'for_in_clause') && value.role === 'right';
}
