const MOST = 40;

/** One thing that an import statement binds, and the first part of the module that it is from. */
type Imported = { name: string; root: string };

/** Reads import statements that are in one line each, as Python writes a syntax tree out; others are left out. */
export function importedNames(statements: readonly string[]): Imported[] {
  return statements.flatMap((statement) => {
    const [, module, members] =
      /^(?:from\s+([\w.]+)\s+)?import\s+\(?([^()]+)\)?$/.exec(statement.trim()) ?? [];
    return (members ?? '').split(',').flatMap((member) => {
      const [, path = '', alias] = /^\s*([\w.*]+)(?:\s+as\s+(\w+))?\s*$/u.exec(member) ?? [];
      const name = alias ?? (path === '*' ? `${module}.*` : path);
      return name === '' ? [] : [{ name, root: (module ?? path).split('.')[0] ?? '' }];
    });
  });
}

/**
 * The imported names that the text has a use for, in one line; others only cost. Statements would be copied by
 * small models, which then stop.
 */
export function importedLines(statements: readonly string[], text: string): string[] {
  const words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  const used = importedNames(statements)
    .map(({ name }) => name)
    .filter((name) => name.endsWith('*') || name.split('.').some((word) => words.has(word)));
  return used.length === 0
    ? []
    : [`Imported already, not to import again: ${[...new Set(used)].slice(0, MOST).join(', ')}`];
}
