import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { OperatorNameSchema } from '#domain/operators.ts';
import { graphSpec } from './graph-spec.ts';
import { NODE_KINDS, SKIPPED, WRAPPERS } from './node-kinds.ts';
import { loadPythonParser } from './python-parser.ts';

const SPEC = new URL('../../../../models/ggan/graph-spec.json', import.meta.url);

describe('the vocabulary of the graph', () => {
  test('is the one that the model is trained with', async () => {
    const spec: unknown = JSON.parse(await readFile(SPEC, 'utf8'));
    expect(spec).toEqual(JSON.parse(JSON.stringify(graphSpec)));
  });

  test('has no word twice, and begins with the one for none', () => {
    const { kinds, roles, literals, flags, edges, cwes, operators } = graphSpec;
    for (const words of [kinds, roles, literals, flags, edges, cwes, operators]) {
      expect(new Set(words).size).toBe(words.length);
    }
    expect([kinds[0], roles[0], literals[0], cwes[0], operators[0]]).toEqual([
      ...['other', 'none', 'none', 'none', 'keep'],
    ]);
  });

  test('knows every operator, in the order of their list', () => {
    const { options } = OperatorNameSchema;
    expect(graphSpec.operators.slice(0, options.length + 1)).toEqual(['keep', ...options]);
  });

  test('knows every node type of the grammar, and no other', async () => {
    const { language } = await loadPythonParser();
    if (!language) throw new Error('The parser has no language.');
    const supertypes = new Set(language.supertypes.map((id) => language.nodeTypeForId(id)));
    const types = language.types.filter(
      (type, id) => language.nodeTypeIsNamed(id) && language.nodeTypeIsVisible(id) && !supertypes.has(type),
    );
    const placed = (type: string): boolean =>
      WRAPPERS.has(type) || SKIPPED.has(type) || NODE_KINDS.some((kind) => kind === type);
    // What stands for `other`: types too rare to learn from, and texts whose parts are one node.
    expect(new Set(types.filter((type) => !placed(type)))).toEqual(new Set(RARE));
    const known = new Set(types);
    expect(NODE_KINDS.filter((kind) => kind !== 'other' && !known.has(kind))).toEqual([]);
  });
});

const RARE = [
  'complex_pattern',
  'concatenated_string',
  'constrained_type',
  'member_type',
  'relative_import',
  'splat_type',
  'union_type',
];
