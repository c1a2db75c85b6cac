/** The code is too large or too tangled for a graph. Analyzers may still read it. */
export class CodeGraphError extends Error {
  override readonly name = 'CodeGraphError';
}
