import { Loader } from '@mantine/core';
import type { RailStep, StepState } from './rail-steps.ts';
import classes from './step-rail.module.css';

const MARKS: Readonly<Record<StepState, { symbol: string; word: string }>> = {
  done: { symbol: '✓', word: 'done' },
  current: { symbol: '', word: 'at work' },
  ahead: { symbol: '·', word: 'to come' },
};

/** The steps of the state machine, and where the run is. */
export function StepRail({ steps }: { steps: readonly RailStep[] }) {
  return (
    <ol className={classes.rail} aria-label="Steps">
      {steps.map(({ name, about, state }) => (
        <li
          key={name}
          className={classes.step}
          data-state={state}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden="true">
            {state === 'current' ? <Loader size={14} color="currentColor" /> : MARKS[state].symbol}
          </span>
          <span>
            <strong>{name}</strong>
            <span className={classes.about}>{about}</span>
            <span className={classes.hidden}>, {MARKS[state].word}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
