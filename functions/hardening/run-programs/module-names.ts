const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/**
 * The module by which tests import the program of this path, and a name for the file of tests beside it.
 * A file whose name `import` does not take is `program`.
 */
export function moduleNames(path: string): { module: string; testsFile: string } {
  const name = path.split(/[/\\]/).at(-1)?.replace(/\.py$/, '') ?? '';
  const module = IDENTIFIER.test(name) ? name : 'program';
  return { module, testsFile: module === 'test_program' ? 'test_of_it.py' : 'test_program.py' };
}
