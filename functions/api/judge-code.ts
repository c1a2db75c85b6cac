import { randomBytes } from 'node:crypto';
import { isGoalReached, reasonsAgainst } from '#domain/acceptance.ts';
import { checkCode } from '#domain/check-code.ts';
import { countFindings, environmentOf, reportedFindings } from '#domain/code-account.ts';
import type { CodeCheck } from '#domain/code-check.ts';
import { notRunLight, parsesLight, secureLight } from '#domain/code-lights.ts';
import type { Edits } from '#domain/edit-plan.ts';
import { type Analysis, AnalysisSchema } from '#domain/finding.ts';
import { type GateResults, type StaticGates, StaticGatesSchema } from '#domain/gates.ts';
import type { RunId, RunSettings } from '#domain/loop-state.ts';
import { analysisKey, runKeys } from '#domain/run-keys.ts';
import type { BlobKey } from '#domain/worker-steps.ts';
import { readJson, writeJson } from '#ports/json-blob.ts';
import type { ApiServices } from '#ports/services.ts';

type JudgeServices = Pick<ApiServices, 'blobStore' | 'worker'>;

export type JudgedVersion = {
  runId: RunId;
  settings: RunSettings;
  code: Uint8Array;
  /** The edits that the version keeps: what they declare is allowed. */
  kept: Edits;
};

/**
 * Judges an owner's own version of the code against the original of a run, as the loop judges a candidate, without
 * running it. Nothing of it is kept. Rejects with InputTooLargeError or InvalidInputError for code that is not taken
 * in, NotFoundError where the original was never analyzed, and as the worker does.
 */
export async function judgeCode(version: JudgedVersion, services: JudgeServices): Promise<CodeCheck> {
  const { settings, code, kept } = version;
  checkCode(code);
  const { policy } = settings;
  const before = await readAnalyses(runKeys(version.runId).original, settings, services);
  const { analyses: after, gates } = await lookAt(version, services);
  const judged = { hardened: 0, changedLines: 0 };
  const reasons = reasonsAgainst(
    { ...judged, analyses: before },
    { ...judged, analyses: after },
    { parses: gates.parses.light, surface: gates.surface.light, honest: gates.honest.light },
    policy,
  );
  const text = new TextDecoder().decode(code);
  return {
    accepted: reasons.length === 0,
    reasons,
    gates: allGates(after, gates, settings),
    findings: countFindings(before, after, policy),
    found: reportedFindings(after, policy),
    environment: environmentOf([...kept.applied, ...kept.repaired]).filter(({ name }) => text.includes(name)),
  };
}

/** What the analyzers and the gates that compare code say of the version. */
async function lookAt(
  { runId, settings, code, kept }: JudgedVersion,
  services: JudgeServices,
): Promise<{ analyses: Analysis[]; gates: StaticGates }> {
  const { blobStore, worker } = services;
  const prefix = `analyses/${randomBytes(16).toString('hex')}/`;
  const candidateKey = `${prefix}candidate.py`;
  const editsKey = `${prefix}edits.json`;
  const gatesKey = `${prefix}gates.json`;
  try {
    await blobStore.put(candidateKey, code);
    await writeJson(blobStore, editsKey, kept);
    await Promise.all([
      worker.run('verify', {
        originalKey: runKeys(runId).original,
        candidateKey,
        editsKeys: [editsKey],
        gatesKey,
      }),
      ...settings.analyzers.map((analyzer) =>
        worker.run('analyze', {
          analyzer,
          codeKey: candidateKey,
          analysisKey: analysisKey(candidateKey, analyzer),
        }),
      ),
    ]);
    return {
      analyses: await readAnalyses(candidateKey, settings, services),
      gates: await readJson(blobStore, gatesKey, StaticGatesSchema),
    };
  } finally {
    await blobStore.deletePrefix(prefix).catch(() => {});
  }
}

function allGates(analyses: readonly Analysis[], gates: StaticGates, settings: RunSettings): GateResults {
  return {
    ...gates,
    parses: parsesLight(analyses, gates.parses),
    secure: secureLight(analyses, isGoalReached(analyses, settings.policy), settings.policy),
    behavior: notRunLight('Your version was not run: start a run with it to have it run.'),
    tests: notRunLight('Your version was not run: start a run with it to have it tested.'),
  };
}

function readAnalyses(
  codeKey: BlobKey,
  { analyzers }: RunSettings,
  { blobStore }: JudgeServices,
): Promise<Analysis[]> {
  return Promise.all(
    analyzers.map((analyzer) => readJson(blobStore, analysisKey(codeKey, analyzer), AnalysisSchema)),
  );
}
