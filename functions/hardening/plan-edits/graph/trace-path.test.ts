import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildCodeGraph } from '../code-graph.ts';
import { type GraphView, viewGraph } from './fixtures/graph-view.ts';
import { EDGE_TYPES } from './graph-spec.ts';
import { loadPythonParser } from './python-parser.ts';
import { tracePath } from './trace-path.ts';

const parser = await loadPythonParser();

/** The way through the def-use edge to a use of a name in a line. */
function way({ graph, nodes }: GraphView, name: string, line: number): string[] {
  const { type, target } = graph.edges;
  const edge = type.findIndex((each, place) => {
    const to = target[place] ?? 0;
    return EDGE_TYPES[each] === 'def-use' && nodes[to]?.text === name && graph.span[to * 4] === line;
  });
  return tracePath(graph, edge).map((node) => `${nodes[node]?.text}@${graph.span[node * 4]}`);
}

describe('the way of a value', () => {
  test('leads from what comes in through every name to the sink', async () => {
    const code = [
      'import os',
      'from flask import request',
      'def f():',
      '    name = request.args["n"]',
      '    path = "/tmp/" + name',
      '    for part in path.split(":"):',
      '        os.system("ls " + part)',
    ];
    const view = await viewGraph(code.join('\n'));
    const whole = [
      ...['request.args@4', 'name@4', 'name@5', 'path@5', 'path@6', 'path.split(":")@6', 'part@6', 'part@7'],
      'os.system("ls " + part)@7',
    ];
    expect(way(view, 'name', 5)).toEqual(whole);
    expect(way(view, 'part', 7)).toEqual(whole);
  });

  test('goes through calls and attributes of the object', async () => {
    const code = [
      'class A:',
      '    def set(self, v):',
      '        self.v = v',
      '        self.go(v)',
      '    def go(self, w):',
      '        open(self.v + w)',
    ];
    const view = await viewGraph(code.join('\n'));
    expect(way(view, 'self.v', 6)).toEqual(['v@2', 'v@3', 'self.v@3', 'self.v@6', 'open(self.v + w)@6']);
    expect(way(view, 'w', 6)).toEqual(['v@2', 'v@4', 'w@5', 'w@6', 'open(self.v + w)@6']);
  });

  test('begins and ends at the edge where nothing is known of more', async () => {
    const view = await viewGraph('x = y\nz = x\n');
    expect(way(view, 'x', 2)).toEqual(['x@1', 'x@2']);
  });

  test('is cut down to twenty nodes, with the edge and both ends', async () => {
    const lines = Array.from({ length: 60 }, (_, each) => `    x${each + 1} = x${each}`);
    const view = await viewGraph(['def f(x0):', ...lines, '    eval(x60)'].join('\n'));
    const found = way(view, 'x30', 32);
    expect(found).toHaveLength(20);
    expect(found).toEqual(expect.arrayContaining(['x0@1', 'x30@31', 'x30@32', 'eval(x60)@62']));
  });

  test('is never longer, goes through the edge, and no node twice, whatever the code', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'self.d');
    const line = fc.tuple(
      name,
      name,
      fc.constantFrom('{} = {}', '{} += g({})', 'eval({} + {})', '{}.append({})', 'for {} in {}: pass'),
    );
    const programs = fc
      .array(line, { maxLength: 30 })
      .map((lines) =>
        [
          'def f(self, a):',
          ...lines.map(([left, right, text]) => `    ${text.replace('{}', left).replace('{}', right)}`),
        ].join('\n'),
      );
    fc.assert(
      fc.property(programs, (code) => {
        const graph = buildCodeGraph(parser, code);
        graph.edges.type.forEach((type, edge) => {
          if (EDGE_TYPES[type] !== 'def-use') return;
          const nodes = tracePath(graph, edge);
          expect(nodes.length).toBeLessThanOrEqual(20);
          expect(new Set(nodes).size).toBe(nodes.length);
          expect(nodes).toEqual(expect.arrayContaining([graph.edges.source[edge], graph.edges.target[edge]]));
        });
      }),
      { numRuns: 60 },
    );
  });
});
