import { describe, expect, test } from '@jest/globals';
import { viewGraph } from './fixtures/graph-view.ts';

async function uses(code: string): Promise<string[]> {
  return (await viewGraph(code)).edges('def-use').sort();
}

describe('definitions that reach a use', () => {
  test('the last one on a straight way', async () => {
    expect(await uses('x = 1\nx = 2\nprint(x)\n')).toEqual(['x@2 -> x@3']);
  });

  test('those of all branches that come back together', async () => {
    const code = 'x = 0\nif a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    x = 3\nprint(x)\n';
    expect(await uses(code)).toEqual(['x@3 -> x@8', 'x@5 -> x@8', 'x@7 -> x@8']);
  });

  test('not of a branch that leaves', async () => {
    const code = 'def f(x):\n    if x:\n        x = 1\n        return x\n    return x\n';
    expect(await uses(code)).toEqual(['x@1 -> x@2', 'x@1 -> x@5', 'x@3 -> x@4']);
  });

  test('around a loop, past a break and a continue', async () => {
    const code = [
      'n = 0',
      'while n < 9:',
      '    if a:',
      '        n = 1',
      '        continue',
      '    if b:',
      '        n = 2',
      '        break',
      '    n = 3',
      'print(n)',
    ];
    const reaching = await uses(code.join('\n'));
    expect(reaching.filter((edge) => edge.endsWith('n@2'))).toEqual(
      expect.arrayContaining(['n@1 -> n@2', 'n@4 -> n@2', 'n@9 -> n@2']),
    );
    expect(reaching.filter((edge) => edge.endsWith('n@10'))).toEqual(
      expect.arrayContaining(['n@1 -> n@10', 'n@7 -> n@10', 'n@9 -> n@10']),
    );
  });

  test('before and in the body of a try', async () => {
    const code = 'x = 1\ntry:\n    x = 2\nexcept E as e:\n    print(x, e)\nelse:\n    x = 3\nprint(x)\n';
    expect(await uses(code)).toEqual([
      ...['e@4 -> e@5', 'x@1 -> x@5', 'x@1 -> x@8', 'x@3 -> x@5', 'x@3 -> x@8', 'x@7 -> x@8'],
    ]);
  });

  test('targets of loops, with, comprehensions and walruses', async () => {
    expect(await uses('for a, (b, *c) in d:\n    print(a, b, c)\n')).toEqual([
      ...['a@1 -> a@2', 'b@1 -> b@2', 'c@1 -> c@2'],
    ]);
    expect(await uses('with open(p) as f, g() as (h, i):\n    f(h, i)\n')).toEqual([
      ...['f@1 -> f@2', 'h@1 -> h@2', 'i@1 -> i@2'],
    ]);
    expect(await uses('x = 1\ny = [x for x in z if x]\nprint(x)\n')).toEqual([
      'x@1 -> x@3',
      'x@2 -> x@2',
      'x@2 -> x@2',
    ]);
    expect(await uses('if (n := f()) > 2:\n    print(n)\n')).toEqual(['n@1 -> n@2']);
  });

  test('of a value that is added to: all that it was', async () => {
    expect(await uses('q = "a"\nq += b\nrun(q)\n')).toEqual(['q@1 -> q@2', 'q@2 -> q@3']);
    expect(await uses('q = []\nq.append(b)\nrun(q)\n')).toEqual(['q@1 -> q@2', 'q@1 -> q@3', 'q@2 -> q@3']);
    expect(await uses('q = {}\nq["a"] = b\nrun(q)\n')).toEqual(['q@1 -> q@2', 'q@1 -> q@3', 'q@2 -> q@3']);
  });

  test('parameters of every kind', async () => {
    const code = 'def f(a, b=1, *c, d: int, e: str = "", **k):\n    return a, b, c, d, e, k\n';
    expect(await uses(code)).toEqual([
      ...[
        'a@1 -> a@2',
        'b=1@1 -> b@2',
        'c@1 -> c@2',
        'd: int@1 -> d@2',
        'e: str = ""@1 -> e@2',
        'k@1 -> k@2',
      ],
    ]);
    expect(await uses('f = lambda x, y=2: x + y\n')).toEqual(['x@1 -> x@1', 'y=2@1 -> y@1']);
  });

  test('of scopes around, and none of a neighbor', async () => {
    const code =
      'x = 1\ndef f():\n    return x\ndef g():\n    x = 2\n    def h():\n        return x\nx = 3\n';
    expect(await uses(code)).toEqual(['x@1 -> x@3', 'x@5 -> x@7', 'x@8 -> x@3']);
    expect(await uses('def f():\n    global x\n    x = 1\ndef g():\n    return x\n')).toEqual(['x@3 -> x@5']);
  });

  test('attributes of the object, in whatever method they are set, and none of another class', async () => {
    const code = [
      'class A:',
      '    def use(self):',
      '        return self.x',
      '    def set(self, v):',
      '        self.x = v',
      'class B:',
      '    def use(self):',
      '        return self.x',
    ];
    expect(await uses(code.join('\n'))).toEqual(['self.x@5 -> self.x@3', 'v@4 -> v@5']);
  });

  test('names of a match', async () => {
    const code = 'match c:\n    case ["a", x]:\n        print(x)\n    case _:\n        pass\n';
    expect(await uses(code)).toEqual(['x@2 -> x@3']);
  });
});

describe('other edges', () => {
  test('control flow goes through branches, around loops and to handlers', async () => {
    const code = [
      'def f(a):',
      '    if a:',
      '        return 1',
      '    while a:',
      '        a = 2',
      '    try:',
      '        g()',
      '    except E:',
      '        h()',
      '    return 3',
    ];
    const { edges } = await viewGraph(code.join('\n'));
    expect(edges('control-flow').sort()).toEqual([
      'a = 2@5 -> while a:@4',
      'def f(a):@1 -> if a:@2',
      'except E:@8 -> h()@9',
      'g()@7 -> return 3@10',
      'h()@9 -> return 3@10',
      'if a:@2 -> return 1@3',
      'if a:@2 -> while a:@4',
      'try:@6 -> except E:@8',
      'try:@6 -> g()@7',
      'while a:@4 -> a = 2@5',
      'while a:@4 -> try:@6',
    ]);
  });

  test('calls lead to their definitions, arguments to parameters', async () => {
    const code = [
      'class A:',
      '    def __init__(self, n): pass',
      '    def f(self, p, q=1): pass',
      '    def g(self): self.f(x, q=y)',
      'def h(z): pass',
      'A(h(1))',
    ];
    const { edges } = await viewGraph(code.join('\n'));
    expect(edges('call').sort()).toEqual([
      '1@6 -> z@5',
      'A(h(1))@6 -> class A:@1',
      'h(1)@6 -> def h(z): pass@5',
      'h(1)@6 -> n@2',
      'q=y@4 -> q=1@3',
      'self.f(x, q=y)@4 -> def f(self, p, q=1): pass@3',
      'x@4 -> p@3',
    ]);
  });

  test('every node but the module hangs below another, after its sibling', async () => {
    const { edges, graph } = await viewGraph('f(a, b)\n');
    expect(edges('syntax')).toEqual([
      'f(a, b)@1 -> f(a, b)@1',
      'f(a, b)@1 -> f@1',
      'f(a, b)@1 -> a@1',
      'f(a, b)@1 -> b@1',
    ]);
    expect(edges('sibling')).toEqual(['f@1 -> a@1', 'a@1 -> b@1']);
    expect([...graph.parent]).toEqual([-1, 0, 1, 1, 1]);
  });
});
