import { type AppliedEdit, EditsSchema } from '#domain/edit-plan.ts';
import type { DeclaredChange } from '#domain/operators.ts';
import { readJson } from '#ports/json-blob.ts';
import type { Stores } from '#ports/services.ts';
import type { MeantDifference } from '#ports/test-runner/test-runner.ts';

/** What the light `behavior` says of each difference that counts as none. */
export const MEANT_TEXTS: Record<MeantDifference, string> = {
  digest: 'Digests of one input count as the same, because another hash function was declared.',
  'key-size': 'New keys count as the same whatever their size, because longer ones were declared.',
  'shown-query':
    'A query that is printed counts as the same with its values apart, because such a message was declared.',
};

/** What the edits of a candidate tell of it: the differences that they declared, and whether a model made any. */
export async function readDeclared(
  editsKeys: readonly string[],
  { blobStore }: Pick<Stores, 'blobStore'>,
): Promise<{ meant: MeantDifference[]; isByModel: boolean }> {
  const edits = await Promise.all(editsKeys.map((key) => readJson(blobStore, key, EditsSchema)));
  return {
    meant: meantByEdits(edits.flatMap(({ applied, repaired }) => [...applied, ...repaired])),
    isByModel: edits.some(({ repaired }) => repaired.length > 0),
  };
}

/** The differences in what programs do that these edits declared, each once. */
export function meantByEdits(edits: readonly Pick<AppliedEdit, 'declared'>[]): MeantDifference[] {
  const declared = edits.flatMap((edit) => edit.declared);
  return [...new Set(declared.flatMap((change) => meantBy(change) ?? []))];
}

function meantBy({ kind, name }: DeclaredChange): MeantDifference | null {
  if (kind === 'digest') return 'digest';
  if (kind === 'message') return 'shown-query';
  return kind === 'setting' && name === 'key_size' ? 'key-size' : null;
}
