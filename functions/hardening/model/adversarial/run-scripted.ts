import type { BehaviorMode } from '#domain/loop-state.ts';
import type { Mechanism } from '#domain/mechanism.ts';
import type { Report } from '#domain/report.ts';
import type { CodeModel, ModelRequest } from '#ports/code-model/code-model.ts';
import type { RealServices } from '../../fixtures/real-services.ts';
import { hardenCode } from '../../harden-code.ts';
import { readHistory } from '../../history-blob.ts';
import type { AdversarialProgram } from './read-programs.ts';

/** What came of a run in which the model answered by script. */
export type ScriptedRun = {
  report: Report;
  /** What the model was asked. */
  requests: ModelRequest[];
  /** What stood against its answer: lights, `findings`, `introduced`, or `put-back` where it could not be used. */
  refusedBy: string[];
};

/** Runs the whole loop on a program with a model that always answers the same; everything else is real. */
export async function runScripted(
  services: RealServices,
  program: Pick<AdversarialProgram, 'path' | 'code'>,
  answer: string,
  settings: { mechanism: Mechanism; behavior: BehaviorMode },
): Promise<ScriptedRun> {
  const requests: ModelRequest[] = [];
  const codeModel: CodeModel = {
    complete: async (request) => {
      requests.push(request);
      return { text: answer, finish: 'stop', tokens: { prompt: 1, completion: 1, estimated: false }, ms: 1 };
    },
    list: async () => [],
  };
  const report = await hardenCode(
    { ...services, codeModel },
    {
      path: program.path,
      code: new TextEncoder().encode(program.code),
      settings: {
        ...settings,
        maxIterations: 1,
        models: { general: { name: 'scripted', baseUrl: 'http://127.0.0.1:9/v1' } },
      },
    },
  );
  const { attempts } = await readHistory(services.blobStore, report.runId);
  const byModel = attempts.filter(({ by }) => by === 'model');
  return {
    report,
    requests,
    refusedBy: [...new Set(byModel.flatMap(({ reasons }) => reasons.map(inAWord)))],
  };
}

function inAWord(reason: string): string {
  const gate = /^the gate '(\w+)' did not pass/.exec(reason)?.[1];
  if (gate !== undefined) return gate;
  if (reason === 'it leaves as many findings') return 'findings';
  return reason.startsWith('it introduces ') ? 'introduced' : 'put-back';
}
