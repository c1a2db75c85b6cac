import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildCodeGraph, type CodeGraph, definitionOf } from './code-graph.ts';
import { CodeGraphError } from './graph/code-graph-error.ts';
import { viewGraph, viewOf } from './graph/fixtures/graph-view.ts';
import { graphSpec } from './graph/graph-spec.ts';
import { bucket } from './graph/node-names.ts';
import { loadPythonParser } from './graph/python-parser.ts';
import { parseSyntax } from './graph/syntax-tree.ts';

const parser = await loadPythonParser();

describe('nodes', () => {
  test('are those of the syntax tree without wrappers and mere names', async () => {
    const { nodes } = await viewGraph(
      '@d\ndef f(a, b: int = 2):\n    return (a.b["c"] + -1) % not_x, f"{a!r:>{b}}" "d"\n',
    );
    expect(nodes.map(({ kind, role }) => `${kind} ${role}`)).toEqual([
      'module none',
      'function_definition body',
      'decorator decorator',
      'identifier other',
      'identifier parameter',
      'typed_default_parameter parameter',
      'identifier type',
      'integer value',
      'return_statement body',
      'expression_list value',
      'binary_operator element',
      'binary_operator left',
      'subscript left',
      'attribute value',
      'identifier object',
      'string subscript',
      'unary_operator right',
      'integer argument',
      'identifier right',
      'string element',
      'identifier interpolation',
      'identifier interpolation',
    ]);
  });

  test('have the roles of arguments by their place', async () => {
    const { nodes } = await viewGraph('f(a, *b, c, d, k=e, **g)\n');
    expect(nodes.slice(3).map(({ role }) => role)).toEqual([
      ...[
        'first-argument',
        'second-argument',
        'other',
        'third-argument',
        'later-argument',
        'keyword',
        'value',
      ],
      ...['later-argument', 'other'],
    ]);
  });

  test('know what kind of literal they are', async () => {
    const { nodes } = await viewGraph(
      '"""doc"""\nx = ["", "a", "a b", b"a", f"{x}", 0, 1, 0o777, 22, 333, 1.5, True, None, ...]\n',
    );
    expect(nodes.filter(({ literal }) => literal !== 'none').map(({ literal }) => literal)).toEqual([
      ...['docstring', 'empty-string', 'word', 'text', 'bytes', 'format-string', 'zero', 'one', 'octal'],
      ...['small-integer', 'integer', 'float', 'true', 'null', 'ellipsis'],
    ]);
  });

  test('have hashed names: the last, the whole with imports resolved, and the words in them', async () => {
    const { node, graph } = await viewGraph(
      'import os.path as p\nfrom sub import Popen\np.join(makeTmp_dir, Popen(1))\n',
    );
    const names = (text: string): number[] => [
      ...graph.names.subarray(node(text).index * 6, node(text).index * 6 + 6),
    ];
    expect(names('p.join(makeTmp_dir, Popen(1))')).toEqual([
      bucket('n:join'),
      bucket('d:os.path.join'),
      bucket('s:join'),
      0,
      0,
      0,
    ]);
    expect(names('Popen(1)').slice(0, 2)).toEqual([bucket('n:Popen'), bucket('d:sub.Popen')]);
    expect(names('makeTmp_dir')).toEqual([
      ...[
        bucket('n:makeTmp_dir'),
        bucket('d:makeTmp_dir'),
        bucket('s:make'),
        bucket('s:tmp'),
        bucket('s:dir'),
        0,
      ],
    ]);
    // FNV-1a of the empty text is its offset.
    expect(bucket('')).toBe(1 + (0x811c9dc5 % graphSpec.nameBuckets));
    expect(bucket('a')).toBe(1 + (0xe40c292c % graphSpec.nameBuckets));
  });

  test('tell the definition that they are in', async () => {
    const { graph, node } = await viewGraph('a\nclass C:\n    @d\n    def m(self):\n        def n(): b\n');
    expect(['a', 'd', 'b'].map((text) => definitionOf(graph, node(text).index))).toEqual([
      '',
      'C.m',
      'C.m.n',
    ]);
  });

  test('have spans in code points, from the first line, without a byte order mark', async () => {
    const code = '\uFEFFx = "😀" + f(é)\r\ny = g("""a\rb""", z)\n';
    const graph = buildCodeGraph(parser, code);
    const kinds = [...graph.kind].map((kind) => graphSpec.kinds[kind]);
    const span = (place: number): number[] => [...graph.span.subarray(place * 4, place * 4 + 4)];
    expect(span(kinds.indexOf('call'))).toEqual([1, 10, 1, 14]);
    expect(span(kinds.lastIndexOf('identifier'))).toEqual([3, 6, 3, 7]);
    expect(span(kinds.lastIndexOf('string'))).toEqual([2, 6, 3, 4]);
  });
});

const PIECES = [
  ...[
    'def f(a, b=1):\n',
    'class C(D):\n',
    '    ',
    '\t',
    'if x in y:\n',
    'else:\n',
    'for i in j:\n',
    'while x:\n',
  ],
  ...[
    'try:\n',
    'except E as e:\n',
    'with open(p) as f:\n',
    'return x\n',
    'break\n',
    'x = y\n',
    'x += "a" % y\n',
  ],
  ...[
    'self.x = f"{y}"\n',
    'import os as o\n',
    'from a import *\n',
    'match x:\n',
    'case [a, *b]:\n',
    'lambda a: b\n',
  ],
  ...[
    '[i for i in j]\n',
    'f(',
    ')',
    '"',
    '"""',
    "f'{",
    '😀',
    '\r',
    '\r\n',
    '\uFEFF',
    '\0',
    '# c\n',
    '@d\n',
    '\\\n',
    '\uD83D',
  ],
];
const anyCode = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

describe('whatever the code', () => {
  test('ids are in their lists, parents come before children, edges join nodes', () => {
    fc.assert(
      fc.property(anyCode, (code) => expectSound(buildCodeGraph(parser, code))),
      { numRuns: 300 },
    );
  });

  test('spans lie in the code, and within those of what is around', () => {
    const check = (code: string): void => {
      const graph = buildCodeGraph(parser, code);
      const lines = code.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
      for (let node = 0; node < graph.size; node += 1) {
        const [line = 0, column = 0, endLine = 0, endColumn = 0] = graph.span.subarray(
          node * 4,
          node * 4 + 4,
        );
        expect(line < endLine || (line === endLine && column <= endColumn)).toBe(true);
        expect(column).toBeLessThanOrEqual([...(lines[line - 1] ?? '')].length + 1);
        expect(endLine).toBeLessThanOrEqual(lines.length);
        expect(endColumn).toBeLessThanOrEqual([...(lines[endLine - 1] ?? '')].length + 1);
      }
    };
    fc.assert(fc.property(anyCode, check), { numRuns: 200 });
  });

  test('the same code gives the same graph', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(buildCodeGraph(parser, code)).toEqual(buildCodeGraph(parser, code));
      }),
      { numRuns: 50 },
    );
  });

  test('comments and white space change places, and nothing else', () => {
    const program = [
      'import os',
      'def f(a):',
      '    if a in X:',
      '        b = "%s" % a',
      '        os.system(b)',
      '    return b',
      'f(1)',
    ];
    const comment = fc.constantFrom('', '  # SELECT * FROM x', '   ', ' # nosec 😀');
    const blank = fc.constantFrom('', '\n', '\n# a comment\n\n');
    const plain = withoutPlaces(buildCodeGraph(parser, program.join('\n')));
    fc.assert(
      fc.property(
        fc.array(comment, { minLength: 7, maxLength: 7 }),
        fc.array(blank, { minLength: 7, maxLength: 7 }),
        (ends, gaps) => {
          const code = program.map((line, place) => `${gaps[place]}${line}${ends[place]}`).join('\n');
          expect(withoutPlaces(buildCodeGraph(parser, code))).toEqual(plain);
        },
      ),
      { numRuns: 50 },
    );
  });
});

function expectSound(graph: CodeGraph): void {
  const { size, kind, role, literal, names, flags, parent, edges, definition, definitions } = graph;
  const within = (list: ArrayLike<number>, length: number, below: number): void => {
    expect(list).toHaveLength(length);
    expect(Array.from(list).every((each) => Number.isInteger(each) && each >= 0 && each < below)).toBe(true);
  };
  within(kind, size, graphSpec.kinds.length);
  within(role, size, graphSpec.roles.length);
  within(literal, size, graphSpec.literals.length);
  within(names, size * graphSpec.namesPerNode, graphSpec.nameBuckets + 1);
  within(flags, size * graphSpec.flags.length, 2);
  within(definition, size, definitions.length);
  within(edges.source, edges.type.length, size);
  within(edges.target, edges.type.length, size);
  within(edges.type, edges.type.length, graphSpec.edges.length);
  expect(parent[0]).toBe(-1);
  expect(parent.slice(1).every((above, place) => above >= 0 && above < place + 1)).toBe(true);
}

function withoutPlaces(graph: CodeGraph): Partial<CodeGraph> {
  const { span: _span, ...rest } = graph;
  return rest;
}

describe('broken and hostile code', () => {
  test.each([
    ['an unfinished function', 'def f(a):\n    x = g(a)\n    y = (', 'g(a)'],
    ['only the body of a function', '    x = a\n    return g(x)\n', 'g(x)'],
    ['a syntax error before', 'def (:\n  pass\n\ny = g(x)\n', 'g(x)'],
    ['tabs and carriage returns', 'def f():\r\n\tif a:\r\n\t\tg(x)\r\n', 'g(x)'],
    ['Python 2', 'print "a" % b\nexec code\ng(x)\n', 'g(x)'],
  ])('%s keeps its calls', async (_what, code, call) => {
    const graph = buildCodeGraph(parser, code);
    expect(
      viewOf(graph, code.replaceAll('\r\n', '\n')).nodes.some(
        ({ kind, text }) => kind === 'call' && text.startsWith(call.slice(0, 4)),
      ),
    ).toBe(true);
  });

  test('an empty program is a module', () => {
    expect(buildCodeGraph(parser, '')).toMatchObject({ size: 1, partial: false, definitions: [''] });
  });

  test('what has syntax errors or goes too deep says that it is only a part', () => {
    expect(buildCodeGraph(parser, 'f(a)').partial).toBe(false);
    expect(buildCodeGraph(parser, 'f(a').partial).toBe(true);
    const deep = buildCodeGraph(parser, `${'('.repeat(500)}a${')'.repeat(500)}`);
    expect(deep).toMatchObject({ size: 1, partial: true });
  });

  test.each([
    ['brackets', '('.repeat(500_000)],
    ['blocks', Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n')],
    ['format strings', 'f"{'.repeat(100_000)],
    ['operations', `a${'+a'.repeat(20_000)}`],
    ['attributes', `a${'.b'.repeat(20_000)}`],
    ['calls', `${'f('.repeat(20_000)}${')'.repeat(20_000)}`],
  ])('%s nested at will', (_what, code) => {
    expectSound(buildCodeGraph(parser, code));
  });

  test.each([
    ['too many parts', 'a=b\n'.repeat(70_000)],
    ['too many steps', `${'['.repeat(450_000)}${']'.repeat(450_000)}`],
  ])('%s are refused, and the next program is not', (_what, code) => {
    expect(() => buildCodeGraph(parser, code)).toThrow(CodeGraphError);
    expect(buildCodeGraph(parser, 'a = b').size).toBe(4);
  });

  test('the parser keeps nothing of the programs that it read', () => {
    const code = 'a = [b, c, "d"]\n'.repeat(2000);
    const read = (): number => {
      for (let each = 0; each < 20; each += 1) parseSyntax(parser, code);
      return process.memoryUsage().external / 1e6;
    };
    // A tree of this program takes five megabytes: twenty would be a hundred.
    expect(read() - read()).toBeGreaterThan(-50);
  });

  test('definitions without end in one class stay affordable', () => {
    const methods = Array.from(
      { length: 3000 },
      (_, each) => `    def m${each}(self):\n        self.x = self.x\n`,
    );
    const { edges, size } = buildCodeGraph(parser, `class A:\n${methods.join('')}`);
    expect(edges.type.length).toBeLessThan(size * 4);
  });
});
