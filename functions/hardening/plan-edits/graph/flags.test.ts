import { describe, expect, test } from '@jest/globals';
import { viewGraph } from './fixtures/graph-view.ts';
import type { FlagName } from './flag-names.ts';

/** The flags of the first node that spans a text. */
async function flags(code: string, text: string, kind?: string): Promise<FlagName[]> {
  return (await viewGraph(code)).node(text, kind).flags;
}

const danger: FlagName = 'danger';

describe('weak code and its fix differ at the very node', () => {
  test.each([
    [
      'a query put together',
      'def f(n):\n    c.execute("SELECT a FROM t WHERE n = \'%s\'" % n)',
      'c.execute("SELECT a FROM t WHERE n = %s", (n,))',
    ],
    [
      'a query in a variable',
      'def f(n):\n    q = f"DELETE FROM t WHERE n = {n}"\n    db.run_it(q)',
      'db.run_it("DELETE FROM t WHERE n = ?", n)',
    ],
    [
      'a query that grows',
      'def f(n):\n    q = "SELECT a FROM t"\n    if n:\n        q += " WHERE n = " + n\n    c.execute(q)',
      'c.execute("SELECT a FROM t", n)',
    ],
    ['a command', 'import os\ndef f(n):\n    os.system("ls -l {}".format(n))', 'os.system("ls -l")'],
    ['a shell', 'from subprocess import run as r\ndef f(n):\n    r("ls " + n, shell=True)', 'r(["ls", n])'],
    [
      'a path',
      'import os\ndef f(n):\n    open(os.path.join(ROOT, n))',
      'open(os.path.join(ROOT, os.path.basename(n)))',
    ],
    ['an unchecked path', 'def f(n):\n    open(n)', 'assert n.startswith(ROOT); open(n)'],
    [
      'a page',
      'def f(n):\n    return HttpResponse("<b>%s</b>" % n)',
      'HttpResponse("<b>%s</b>" % html.escape(n))',
    ],
    ['an evaluation', 'def f(n):\n    eval(n)', 'ast.literal_eval(n)'],
    ['a deserialization', 'import yaml\ndef f(n):\n    yaml.load(n)', 'yaml.load(n, Loader=yaml.SafeLoader)'],
    ['another deserialization', 'import yaml\ndef f(n):\n    yaml.load(n)', 'yaml.safe_load(n)'],
    ['a temporary name', 'import tempfile\ntempfile.mktemp()', 'tempfile.mkstemp()'],
    ['a hash', 'import hashlib\nhashlib.md5(b"a")', 'hashlib.md5(b"a", usedforsecurity=False)'],
    [
      'a page without escaping',
      'import jinja2\njinja2.Environment(loader=l)',
      'jinja2.Environment(autoescape=True)',
    ],
  ])('%s', async (_what, weak, fix) => {
    const holds = async (code: string): Promise<boolean> =>
      (await viewGraph(code)).nodes.some((node) => node.flags.includes(danger));
    const parts = weak.split('\n');
    const indent = /^ */.exec(parts.at(-1) ?? '')?.[0] ?? '';
    const fixed = fix.split('; ').map((line) => indent + line);
    expect(await holds(weak)).toBe(true);
    expect(
      await holds([...parts.slice(0, -1).filter((line) => !/^ +(q|if)/.test(line)), ...fixed].join('\n')),
    ).toBe(false);
  });

  test('a query says how it is put together and whether values are bound', async () => {
    const weak = await flags(
      'def f(n):\n    q = "SELECT a FROM t WHERE n = \'%s\'" % n\n    c.execute(q)',
      'c.execute(q)',
    );
    expect(weak).toEqual(
      expect.arrayContaining(['sink-sql', 'sql-argument-formatted', 'first-argument-from-outside']),
    );
    expect(weak).not.toContain('sql-argument-bound');
    const fixed = await flags(
      'def f(n):\n    q = "SELECT a FROM t WHERE n = %s"\n    c.execute(q, (n,))',
      'c.execute(q, (n,))',
    );
    expect(fixed).toEqual(
      expect.arrayContaining([
        'sink-sql',
        'sql-argument-bound',
        'second-argument-sequence',
        'first-argument-constant',
      ]),
    );
    expect(fixed).not.toContain('sql-argument-formatted');
  });

  test.each<[string, string, FlagName[], FlagName[]]>([
    ['SELECT a FROM t WHERE n = ?', 'sql', ['says-sql', 'has-bound-placeholder'], ['has-quoted-placeholder']],
    [
      "select a from t where n = '%s'",
      'sql',
      ['says-sql', 'has-quoted-placeholder'],
      ['has-bound-placeholder'],
    ],
    ['<a href=x>%s</a>', 'html', ['says-html', 'has-placeholder'], ['says-sql']],
    ['a < b and c > d', 'neither', ['says-sentence'], ['says-html', 'says-sql', 'says-command']],
    ['please select one from the list', 'prose that looks like SQL', ['says-sentence'], ['says-command']],
    ['/etc/passwd', 'a path', ['says-path'], ['says-url', 'says-sentence']],
    ['https://x.org/a', 'an address', ['says-url'], ['says-path']],
    ['sudo rm -rf {}', 'a command', ['says-command', 'has-placeholder'], ['says-sql']],
    ['MD5', 'an algorithm', ['says-weak-algorithm'], ['says-sentence']],
    ['^(a+)+.*$', 'a pattern', ['pattern-nested', 'pattern-any'], []],
  ])('the text %j is %s', async (text, _what, has, lacks) => {
    const said = await flags(`x = "${text}"`, `"${text}"`);
    expect(said).toEqual(expect.arrayContaining(has));
    for (const flag of lacks) expect(said).not.toContain(flag);
  });
});

describe('where a value comes from', () => {
  test.each<[string, FlagName[], FlagName[]]>([
    ['def f(a):\n    return v(a)', ['from-parameter'], ['from-source', 'constant-value']],
    ['from flask import request as r\nx = v(r.args["a"])', ['from-source'], ['constant-value']],
    ['a = 1\nfor i in range(3):\n    a = a + i\nv(a)', ['constant-value'], ['from-unknown']],
    ['v(a)', ['from-unknown'], ['from-parameter']],
    ['v(LIMIT)', ['constant-value'], []],
    ['def f(a):\n    v(int(a))', ['sanitized-number'], ['raw-other', 'raw-html']],
    ['def f(a):\n    b = html.escape(a)\n    v(b)', ['sanitized-html', 'raw-command'], ['raw-html']],
    ['def f(a, c):\n    b = html.escape(a) + c\n    v(b)', ['sanitized-html', 'raw-html'], []],
    ['def f(a):\n    if a not in ALLOWED:\n        return\n    v(a)', ['checked'], ['raw-path']],
    ['def g(b):\n    return b\ndef f(a):\n    v(g("x"))', [], ['formatted']],
    ['def g(b):\n    return "%s" % b\ndef f(a):\n    v(g(a))', ['formatted', 'from-parameter'], []],
    [
      'class A:\n    def __init__(self, a):\n        self.a = a\n    def f(self):\n        v(self.a)',
      ['from-parameter'],
      [],
    ],
    [
      'def f(a):\n    b = []\n    b.append("x=%s" % a)\n    v(" ".join(b))',
      ['formatted', 'from-parameter'],
      ['list-value'],
    ],
    ['def f(a):\n    v([a, "b"])', ['list-value', 'from-parameter'], []],
    ['def f(a):\n    v(a and "b" or "c")', ['from-parameter'], []],
    ['def f(a):\n    v("b" if a else "c")', ['constant-value'], ['from-parameter']],
    ['def f(a):\n    v(a == 1)', ['constant-value'], []],
  ])('%j', async (code, has, lacks) => {
    const { nodes } = await viewGraph(code);
    const value = nodes.find(
      ({ role, index }) =>
        role === 'first-argument' &&
        nodes.some((call) => call.kind === 'call' && call.text.startsWith('v(') && index > call.index),
    );
    expect(value?.flags ?? []).toEqual(expect.arrayContaining(has));
    for (const flag of lacks) expect(value?.flags).not.toContain(flag);
  });

  test('what comes to a sink knows it, from its beginning', async () => {
    const { node } = await viewGraph(
      'def f(a, b):\n    q = "SELECT x FROM y WHERE z = " + a\n    print(b)\n    c.execute(q)\n',
    );
    expect(node('a').flags).toContain('reaches-sql');
    expect(node('q').flags).toContain('reaches-sql');
    expect(node('b').flags).not.toContain('reaches-sql');
  });
});

describe('what was checked before', () => {
  test.each<[string, FlagName | null]>([
    ['if a in B:\n    v(a)', 'guarded-by-membership'],
    ['if a not in B:\n    raise E\nv(a)', 'guarded-by-membership'],
    ['if not a == b:\n    return\nelse:\n    v(a)', 'guarded-by-equality'],
    ['if a:\n    pass\nelif len(a) < 3:\n    v(a)', 'guarded-by-order'],
    ['assert ok(a)\nv(a)', 'guarded-by-call'],
    ['validate(a)\nv(a)', 'guarded-by-call'],
    ['if a in B:\n    log(a)\nv(a)', null],
    ['if a is None:\n    return\nv(a)', null],
    ['if __name__ == "__main__":\n    v(a)', null],
    ['v(a)\nif a not in B:\n    raise E', null],
  ])('%j', async (code, wanted) => {
    const found = (await flags(code, 'v(a)')).filter((flag) => flag.startsWith('guarded'));
    expect(found).toEqual(wanted === null ? [] : [wanted]);
  });
});
