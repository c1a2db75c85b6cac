import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { ReportSchema } from '#domain/report.ts';
import type { Run } from '#domain/run.ts';
import { runKeys } from '#domain/run-keys.ts';
import { readJson } from '#ports/json-blob.ts';
import type { FaultyCloud } from './faulty-cloud.ts';
import { OWNERS, programOf, verdictOf } from './programs.ts';

/** What has become of every run, as the stores say it where nothing goes wrong any more. */
export type Findings = {
  runs: number;
  /** How many ended as without faults, and how many with a report of the step that failed. */
  asWithoutFaults: number;
  failed: number;
  /** Everything that must not be: a run lost, made or reported twice, stuck, without a report, with a key left. */
  wrong: string[];
};

/** Inspects the stores. `asked` has the run that each request was told of. */
export async function inspect(
  { sound, stateMachineArn }: FaultyCloud,
  asked: ReadonlyMap<number, string>,
  finishes: ReadonlyMap<string, number>,
): Promise<Findings> {
  const { runStore, blobStore, sfn, s3 } = sound;
  const wrong: string[] = [];
  const made = await allRuns(runStore);
  // Every request names a path of its own.
  const listed = new Map(made.map((run) => [run.path, run] as const));
  const executed: string[] = [];
  for await (const page of paginateListExecutions({ client: sfn }, { stateMachineArn })) {
    for (const { name = '' } of page.executions ?? []) executed.push(name);
  }
  const started = new Set(executed);
  if (started.size !== executed.length) wrong.push('a run was executed twice');
  if (started.size !== asked.size) wrong.push(`${asked.size} requests, ${started.size} executions`);
  if (made.length !== asked.size) wrong.push(`${asked.size} requests, ${made.length} runs`);

  let asWithoutFaults = 0;
  for (const [number, runId] of asked) {
    const run = listed.get(programOf(number).path);
    const say = (what: string) => wrong.push(`request ${number}, run ${runId}: ${what}`);
    if (run?.id !== runId) say('is lost');
    else if (run.outcome === null) say(`is stuck: ${run.status}`);
    else if (!started.has(runId)) say('was never executed');
    else {
      if ((finishes.get(runId) ?? 0) > 1) say('was finished twice');
      if (run.outcome.verdict === verdictOf(number)) asWithoutFaults += 1;
      else if (!run.outcome.failure) say(`ended as ${run.outcome.verdict} and nothing says why`);
      await inspectReport(blobStore, run, say);
    }
  }
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: 'sgcode' })) {
    for (const { Key = '' } of page.Contents ?? []) if (Key.includes('/key-')) wrong.push(`${Key} is left`);
  }
  return { runs: asked.size, asWithoutFaults, failed: asked.size - asWithoutFaults, wrong };
}

async function inspectReport(
  blobStore: FaultyCloud['sound']['blobStore'],
  { id, outcome }: Run,
  say: (what: string) => void,
): Promise<void> {
  try {
    const report = await readJson(blobStore, runKeys(id).report, ReportSchema);
    if (report.runId !== id) say('has the report of another run');
    const [told, says] = [outcome, report].map((one) => `${one?.verdict}: ${one?.reason}`);
    if (told !== says) say(`is called "${told}", its report says "${says}"`);
  } catch (error) {
    // A report that could not be written is told of in its place.
    if (!outcome?.reason.includes('could not be written')) say(`has no report: ${String(error)}`);
  }
}

async function allRuns(runStore: FaultyCloud['sound']['runStore']): Promise<Run[]> {
  const runs: Run[] = [];
  for (let owner = 0; owner < OWNERS; owner += 1) {
    let after: string | null = null;
    do {
      const page = await runStore.list(`owner-${owner}`, { limit: 50, after });
      runs.push(...page.runs);
      after = page.next;
    } while (after !== null);
  }
  return runs;
}
