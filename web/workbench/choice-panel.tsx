'use client';

import dynamic from 'next/dynamic';
import type { Mechanism } from '#domain/mechanism.ts';
import type { RunInput } from '#domain/run.ts';
import { AnalyzerChoice } from './choices/analyzer-choice.tsx';
import { MechanismChoice } from './choices/mechanism-choice.tsx';
import { ModelChoice } from './choices/model-choice.tsx';
import type { Choices } from './choices.ts';
import { asksModel } from './mechanism-words.ts';

const BudgetChoice = dynamic(
  () => import('./choices/budget-choice.tsx').then((module) => module.BudgetChoice),
  { ssr: false },
);

type ChoicePanelProps = {
  choices: Choices;
  mechanism: Mechanism;
  input: RunInput;
  onChange: (part: Partial<Choices>) => void;
};

/** Analyzer, mechanism, model, and where one is asked, the budget. */
export function ChoicePanel({ choices, mechanism, input, onChange }: ChoicePanelProps) {
  return (
    <>
      <AnalyzerChoice policy={choices.policy} onChange={(policy) => onChange({ policy })} />
      <MechanismChoice
        mechanism={mechanism}
        input={input}
        budget={choices.budget}
        runsBoth={choices.behavior === 'always'}
        onChange={(chosen) => onChange({ mechanism: chosen })}
        onRunsBoth={(runsBoth) => onChange({ behavior: runsBoth ? 'always' : 'auto' })}
      />
      <ModelChoice choices={choices} mechanism={mechanism} input={input} onChange={onChange} />
      {asksModel(mechanism, input) && (
        <BudgetChoice budget={choices.budget} onChange={(budget) => onChange({ budget })} />
      )}
    </>
  );
}
