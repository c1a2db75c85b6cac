/** Names the states in which a run waits for a model; one for each run, since repairs are counted. */
export type StepWords = {
  /** What is being done in the state, null where it is over in a moment. */
  enter(state: string): string | null;
  /** The model's server asked to be left alone for a while. */
  isWait(state: string): boolean;
};

/**
 * The words for the states of one run. Every iteration has one Excerpt, before its Repair, which may be tried several
 * times.
 */
export function createStepWords(maxIterations: number): StepWords {
  let repairs = 0;
  return {
    enter(state) {
      if (state === 'Excerpt') repairs += 1;
      const repair = `Repair ${repairs}/${maxIterations}`;
      switch (state) {
        case 'Generate':
          return 'Generate';
        case 'Repair':
          return repair;
        case 'WaitToGenerate':
          return "Generate, the model's server is busy: waiting";
        case 'WaitToRepair':
          return `${repair}, the model's server is busy: waiting`;
        default:
          return null;
      }
    },
    isWait: (state) => state === 'WaitToGenerate' || state === 'WaitToRepair',
  };
}
