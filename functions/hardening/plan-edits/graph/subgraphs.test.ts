import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildCodeGraph, type CodeGraph, definitionOf } from '../code-graph.ts';
import { EDGE_TYPES } from './graph-spec.ts';
import { loadPythonParser } from './python-parser.ts';
import { subgraphs } from './subgraphs.ts';

const parser = await loadPythonParser();

function names(graph: CodeGraph): Set<string> {
  return new Set(Array.from({ length: graph.size }, (_, node) => definitionOf(graph, node)));
}

describe('parts of a large graph', () => {
  test('a small one comes back as it is', () => {
    const graph = buildCodeGraph(parser, 'def f(): pass');
    expect(subgraphs(graph, 1500)).toEqual([graph]);
  });

  test('definitions stay whole where they fit, and classes are opened where they do not', () => {
    const methods = ['a', 'b', 'c'].map(
      (name) => `    def ${name}(self, x):\n        y = x\n        return y\n`,
    );
    const graph = buildCodeGraph(parser, `class C:\n${methods.join('')}def f(z):\n    return z\n`);
    const parts = subgraphs(graph, 12);
    expect(parts.map((part) => [...names(part)].filter((name) => name.length > 1 || name === 'f'))).toEqual([
      ['C.a'],
      ['C.b'],
      ['C.c'],
      ['f'],
    ]);
    // The value of each method flows within its part.
    const flows = (each: CodeGraph): number => each.edges.type.filter((type) => type === 3).length;
    expect(parts.map(flows)).toEqual([2, 2, 2, 1]);
  });

  test('hold every node, none too many, each as it was, whatever the code and the size', () => {
    const line = fc.constantFrom(
      'x = y',
      'if x:',
      'def f(a):',
      'class C:',
      'return f(g(x, [1, 2, 3]))',
      'for i in x:',
      'y = {"a": {"b": x}}',
    );
    const programs = fc
      .array(fc.tuple(fc.nat(4), line), { maxLength: 40 })
      .map((lines) => lines.map(([depth, text]) => `${'  '.repeat(depth)}${text}`).join('\n'));
    fc.assert(
      fc.property(programs, fc.integer({ min: 15, max: 60 }), (code, maxNodes) => {
        const graph = buildCodeGraph(parser, code);
        const parts = subgraphs(graph, maxNodes);
        const held = parts.flatMap((part) =>
          Array.from({ length: part.size }, (_, node) => look(part, node)),
        );
        const wanted = Array.from({ length: graph.size }, (_, node) => look(graph, node));
        expect(new Set(held)).toEqual(new Set(wanted));
        for (const part of parts) {
          expect(part.size).toBeLessThanOrEqual(maxNodes);
          expect(part.parent[0]).toBe(-1);
          expect(part.edges.type.filter((type) => EDGE_TYPES[type] === 'syntax')).toHaveLength(part.size - 1);
          expect(part.parent.slice(1).every((above, node) => above >= 0 && above <= node)).toBe(true);
          for (const end of [...part.edges.source, ...part.edges.target]) expect(end).toBeLessThan(part.size);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** All that a node says of itself. */
function look({ kind, role, literal, span, names: hashed, flags, size }: CodeGraph, node: number): string {
  const width = flags.length / size;
  const own = [kind[node], role[node], literal[node]];
  const rows = [span.subarray(node * 4, node * 4 + 4), hashed.subarray(node * 6, node * 6 + 6)];
  return JSON.stringify([
    own,
    ...rows.map((row) => [...row]),
    [...flags.subarray(node * width, (node + 1) * width)],
  ]);
}
