import { ProgramGatesSchema, StaticGatesSchema } from '#domain/gates.ts';
import type { Attempt } from '#domain/history.ts';
import type { BlobStore } from '#ports/blob-store/blob-store.ts';
import { readJson } from '#ports/json-blob.ts';

/** Why an attempt came to nothing. A gate's own words say more than that it did not pass. */
export async function reasonsAgainstAttempt(attempt: Attempt, blobStore: BlobStore): Promise<string[]> {
  const { outcome, reasons, gatesKey, checksKey } = attempt;
  if (outcome !== 'rejected') return reasons;
  const gates = {
    ...(await readJson(blobStore, gatesKey, StaticGatesSchema)),
    ...(checksKey ? await readJson(blobStore, checksKey, ProgramGatesSchema) : {}),
  };
  const evidence = Object.values(gates)
    .filter(({ light }) => light === 'fail')
    .flatMap((gate) => gate.evidence.map(({ message }) => message));
  return evidence.length > 0 ? evidence : reasons;
}
