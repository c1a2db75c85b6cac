import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { sha256 } from './data-sets/hashes.ts';
import type { Item } from './item-messages.ts';
import { noLights, nothingFound, noWork } from './measuring/arm-result.ts';
import { describeText } from './measuring/measure-item.ts';

/**
 * The record of an item that could not be measured: it failed, and the code comes back as it was. `input` is what
 * another arm's record says of the program, where there is one.
 */
export function lostRecord(
  { program, code, arm }: Item,
  input: BenchmarkRecord['input'] | undefined,
  reason: string,
): BenchmarkRecord {
  const { meant: _, ...figures } = noWork;
  return {
    ...figures,
    format: 1,
    program,
    arm: arm.name,
    input: input ?? { ...describeText(code), compiles: false, analyzed: false, findings: 0, cwes: [] },
    verdict: 'failed',
    reason: `It could not be measured: ${reason}`,
    gates: noLights,
    findings: {
      ...nothingFound,
      before: input?.findings ?? 0,
      after: input?.findings ?? 0,
      cwesLeft: input?.cwes ?? [],
    },
    isSecured: false,
    isKept: null,
    tests: null,
    outputSha256: sha256(code),
  };
}
