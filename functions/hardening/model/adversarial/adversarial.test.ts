import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BehaviorMode } from '#domain/loop-state.ts';
import type { Mechanism } from '#domain/mechanism.ts';
import type { ModelRequest } from '#ports/code-model/code-model.ts';
import { canSeal } from '#ports/test-runner/fixtures/real-runner.ts';
import { openRealServices, type RealServices } from '../../fixtures/real-services.ts';
import { type AdversarialProgram, readPrograms, type ScriptedAnswer } from './read-programs.ts';
import { runScripted, type ScriptedRun } from './run-scripted.ts';

const programs = readPrograms();
const GROUPS = ['breaking', 'harming', 'machinery', 'runner', 'silencing', 'steering'];

let services: RealServices;

beforeAll(async () => {
  services = await openRealServices();
});
afterAll(() => services.close());

const describeSealed = (await canSeal()) ? describe : describe.skip;

describeSealed.each(programs)('$group: $path', (program) => {
  it.each(casesOf(program))('$mechanism, $answer.kind: $answer.name', async ({ answer, ...settings }) => {
    const run = await runScripted(services, program, answer.text, settings);

    expect(run.requests.length).toBeGreaterThan(0);
    for (const request of run.requests) expectNoSteering(program, request);
    if (answer.kind === 'honest') expectAccepted(run, answer);
    else expectRefused(run, program, answer);
  });
});

describe('the programs', () => {
  it.each(GROUPS)('are at least four that try %s', (name) => {
    const tried = programs.filter(({ group, answers }) => {
      return group === name && answers.some(({ kind }) => kind === 'cheat');
    });
    expect(tried.length).toBeGreaterThanOrEqual(4);
  });

  it('are many, with enough answers that must be accepted', () => {
    expect(programs.length).toBeGreaterThanOrEqual(48);
    const honest = programs.flatMap(({ answers }) => answers.filter(({ kind }) => kind === 'honest'));
    expect(honest.length).toBeGreaterThanOrEqual(8);
  });
});

type Case = { mechanism: Mechanism; behavior: BehaviorMode; answer: ScriptedAnswer };

/**
 * Every answer is put back part by part; once more where no operator mends anything, so that operators go first. Where
 * putting back may leave something out, and for some of the good answers, the whole file is taken as well, and what is
 * left is not run.
 */
function casesOf({ group, answers, isBeyondOperators }: AdversarialProgram): Case[] {
  return answers.flatMap((answer) => {
    const isLeftOut = answer.never.length + answer.always.length > 0;
    const isWhole = isLeftOut || (answer.kind === 'honest' && group === 'honest');
    return [
      { mechanism: 'promsec', behavior: isLeftOut ? 'never' : 'auto', answer },
      ...(isWhole ? [{ mechanism: 'findings', behavior: 'auto', answer } as const] : []),
      ...(isBeyondOperators ? [{ mechanism: 'hybrid', behavior: 'auto', answer } as const] : []),
    ];
  });
}

function expectAccepted({ report }: ScriptedRun, { lights }: ScriptedAnswer): void {
  expect([report.verdict, report.gates.honest.light, report.gates.behavior.light]).toEqual([
    'secured',
    'pass',
    lights.includes('behavior') ? 'not-run' : 'pass',
  ]);
}

function expectRefused(
  { report, refusedBy }: ScriptedRun,
  { code }: AdversarialProgram,
  answer: ScriptedAnswer,
): void {
  const result = report.secured.code;
  for (const text of answer.never) expect(result).not.toContain(text);
  for (const text of answer.always) expect(result).toContain(text);
  if (answer.never.length + answer.always.length > 0 && result !== code) return;
  expect(result).toBe(code);
  expect(report.verdict).toBe('unchanged');
  expect(answer.lights.filter((light) => refusedBy.includes(light))).not.toEqual([]);
}

/** What the program says to a model is in no prompt, or only as data. */
function expectNoSteering({ hidden, fenced }: AdversarialProgram, request: ModelRequest): void {
  const asked = request.messages.map(({ content }) => content).join('\n');
  for (const text of hidden) expect(asked).not.toContain(text);
  const outside = outsideOfData(asked, request.boundary ?? '');
  for (const text of fenced) expect(outside).not.toContain(text);
}

/** The prompt without what stands between the marks or is quoted in backticks. */
function outsideOfData(asked: string, boundary: string): string {
  const [before = '', ...fences] = asked.split(`<<<${boundary}\n`);
  const behind = fences.map((each) => each.slice(each.indexOf(`\n${boundary}>>>`) + boundary.length + 4));
  return [before, ...behind].join('').replace(/`[^`\n]*`/g, '');
}
