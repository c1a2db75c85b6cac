import type { RunInput, RunStatus } from '#domain/run.ts';

/** The steps of a run that are shown, each with the states of the state machine that belong to it. */
const STEPS = [
  {
    name: 'Generate',
    about: 'A model writes the program',
    states: ['IsCodeGiven', 'Generate', 'IsCodeGenerated', 'WaitToGenerate'],
  },
  { name: 'Analyze', about: 'What is wrong with it', states: ['Analyze'] },
  { name: 'Plan', about: 'Which edits would fix it', states: ['PlanEdits', 'IsAnythingPlanned'] },
  { name: 'Rewrite', about: 'Tested rewrites', states: ['ApplyEdits', 'IsCandidateNew'] },
  {
    name: 'Repair',
    about: 'A model mends the rest',
    states: ['Excerpt', 'Repair', 'IsRepairAnswered', 'WaitToRepair', 'PutBack', 'IsAnswerTaken'],
  },
  {
    name: 'Verify',
    about: 'Is it secure, and the same program',
    states: ['Reanalyze', 'Verify', 'AreProgramsRun', 'RunPrograms', 'Decide', 'IsDone'],
  },
  { name: 'Report', about: 'The evidence', states: ['Report'] },
] as const;

export type StepName = (typeof STEPS)[number]['name'];
export type StepState = 'done' | 'current' | 'ahead';
export type RailStep = { name: StepName; about: string; state: StepState };

export type RailRun = {
  input: RunInput;
  /** Whether a model may repair. */
  repairs: boolean;
  status: RunStatus;
  /** The state that was entered last; null before the first. */
  current: string | null;
  /** Every state that the run has been in, as far as that is known. */
  visited: readonly string[];
};

/** The step that a state of the state machine belongs to; undefined for one that this page does not know. */
export function stepOf(state: string): StepName | undefined {
  return STEPS.find(({ states }) => states.some((name) => name === state))?.name;
}

/** The steps of this run, in the order of the state machine; the loop may come back to an earlier one. */
export function railSteps({ input, repairs, status, current, visited }: RailRun): RailStep[] {
  const now = status === 'finished' || current === null ? undefined : stepOf(current);
  const done = new Set(visited.map(stepOf));
  return STEPS.filter(({ name }) => isPartOf(name, { input, repairs })).map(({ name, about }) => ({
    name,
    about,
    state: name === now ? 'current' : done.has(name) || status === 'finished' ? 'done' : 'ahead',
  }));
}

function isPartOf(step: StepName, { input, repairs }: Pick<RailRun, 'input' | 'repairs'>): boolean {
  if (step === 'Generate') return input === 'prompt';
  return step === 'Repair' ? repairs : true;
}
