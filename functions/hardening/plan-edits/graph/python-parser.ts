import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

let loading: Promise<Parser> | null = null;

/** Loads the Python grammar, once in a process, and returns the parser that all graphs are built with. */
export function loadPythonParser(): Promise<Parser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Parser> {
  await Parser.init();
  return new Parser().setLanguage(await Language.load(grammarFile()));
}

/** A bundle has the grammar beside it; it has no packages. */
function grammarFile(): string {
  const bundled = fileURLToPath(new URL('tree-sitter-python.wasm', import.meta.url));
  if (existsSync(bundled)) return bundled;
  return createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
}
