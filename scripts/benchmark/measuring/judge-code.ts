import { randomBytes } from 'node:crypto';
import { checkCode } from '#domain/check-code.ts';
import { InputTooLargeError, InvalidInputError } from '#domain/errors.ts';
import { type Analysis, AnalysisSchema } from '#domain/finding.ts';
import { analysisKey } from '#domain/run-keys.ts';
import { verdictOf } from '#domain/verdict.ts';
import type { RunServices } from '#hardening/local-runner.ts';
import { readJson } from '#ports/json-blob.ts';
import type { Item, ItemSettings } from '../item-messages.ts';
import {
  type ArmResult,
  compiles,
  countFindings,
  lightsOf,
  noLights,
  nothingFound,
  noWork,
} from './arm-result.ts';

/** The program as it came: what the analyzers say of it, and no work. */
export async function judgeUntouched(
  services: RunServices,
  { code }: Item,
  settings: ItemSettings,
): Promise<ArmResult> {
  return judge(services, { code, output: code }, settings);
}

/** What another system made of the program, by the analyzers and gates that judge our own candidates. */
export async function judgeOutput(
  services: RunServices,
  { code, output }: Item,
  settings: ItemSettings,
): Promise<ArmResult> {
  if (output !== null) return judge(services, { code, output }, settings);
  const { inputAnalyses, findings } = await judge(services, { code, output: code }, settings);
  return failed(code, inputAnalyses, findings, 'There is no file of this name among the outputs.');
}

async function judge(
  services: RunServices,
  { code, output }: { code: Uint8Array; output: Uint8Array },
  { analyzers, policy }: ItemSettings,
): Promise<ArmResult> {
  const prefix = `judged/${randomBytes(16).toString('hex')}/`;
  const analyze = (name: string) => analyzeBlob(services, `${prefix}${name}.py`, analyzers);
  const isChanged = !isSame(code, output);
  const problem = problemOf(code);
  if (problem !== null) return failed(code, [], nothingFound, problem);
  try {
    await services.blobStore.put(`${prefix}original.py`, code);
    const before = await analyze('original');
    const candidateProblem = isChanged ? problemOf(output) : null;
    if (candidateProblem !== null) {
      return failed(output, before, countFindings(before, before, policy), candidateProblem);
    }
    if (isChanged) await services.blobStore.put(`${prefix}candidate.py`, output);
    const after = isChanged ? await analyze('candidate') : before;
    const gates = isChanged ? await verify(services, prefix) : ({ surface: 'pass', honest: 'pass' } as const);
    const gateLights = lightsOf(after, gates, policy);
    const verdict = verdictOf({
      analyzable: before.some(({ status }) => status === 'analyzed'),
      failed: false,
      changed: isChanged,
      goal: gateLights.secure === 'pass',
      compiles: compiles(after),
      before: countFindings(before, before, policy).before,
    });
    return {
      ...noWork,
      code: output,
      inputAnalyses: before,
      verdict,
      reason: isChanged ? 'It was made elsewhere, and is judged as it is.' : 'It is the code as it came.',
      gates: gateLights,
      findings: countFindings(before, after, policy),
    };
  } finally {
    await services.blobStore.deletePrefix(prefix);
  }
}

function verify({ worker }: RunServices, prefix: string) {
  return worker.run('verify', {
    originalKey: `${prefix}original.py`,
    candidateKey: `${prefix}candidate.py`,
    editsKeys: [],
    gatesKey: `${prefix}gates.json`,
  });
}

function analyzeBlob(
  { worker, blobStore }: RunServices,
  codeKey: string,
  analyzers: ItemSettings['analyzers'],
): Promise<Analysis[]> {
  return Promise.all(
    analyzers.map(async (analyzer) => {
      const key = analysisKey(codeKey, analyzer);
      await worker.run('analyze', { analyzer, codeKey, analysisKey: key });
      return readJson(blobStore, key, AnalysisSchema);
    }),
  );
}

function failed(
  code: Uint8Array,
  inputAnalyses: Analysis[],
  findings: ArmResult['findings'],
  reason: string,
): ArmResult {
  return { ...noWork, code, inputAnalyses, verdict: 'failed', reason, gates: noLights, findings };
}

/** Why code cannot be taken in; null where it can. */
function problemOf(code: Uint8Array): string | null {
  try {
    checkCode(code);
    return null;
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof InputTooLargeError) return error.message;
    throw error;
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
