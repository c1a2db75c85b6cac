'use client';

import { Anchor, Radio, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { type Mechanism, MechanismSchema } from '#domain/mechanism.ts';
import type { ModelBudget } from '#domain/model-settings.ts';
import type { RunInput } from '#domain/run.ts';
import { doesWhat, mayCost, mechanismTitles, needsWhat, offeredMechanisms } from '../mechanism-words.ts';
import { ChoiceCard } from './choice-card.tsx';

type MechanismChoiceProps = {
  mechanism: Mechanism;
  input: RunInput;
  budget: ModelBudget;
  runsBoth: boolean;
  onChange: (mechanism: Mechanism) => void;
  onRunsBoth: (runsBoth: boolean) => void;
};

/** How the code is secured. */
export function MechanismChoice(props: MechanismChoiceProps) {
  const { mechanism, input, budget, runsBoth, onChange, onRunsBoth } = props;
  const [showsAll, setShowsAll] = useState(false);
  const note = [doesWhat(mechanism), needsWhat(mechanism, input), mayCost(mechanism, input, budget)].join(
    ' ',
  );
  return (
    <ChoiceCard title="Mechanism" note={note}>
      <Radio.Group
        aria-label="Mechanism"
        value={mechanism}
        onChange={(value) => onChange(MechanismSchema.parse(value))}
      >
        <Stack gap={6}>
          {offeredMechanisms(mechanism, showsAll).map((name) => (
            <Radio key={name} value={name} size="sm" label={mechanismTitles[name]} />
          ))}
        </Stack>
      </Radio.Group>
      {!showsAll && (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setShowsAll(true)}>
          More, for comparisons
        </Anchor>
      )}
      <Switch
        size="sm"
        label="Run both side by side"
        description="In a sealed box, on the same inputs: does the result still do the same?"
        checked={runsBoth}
        onChange={(event) => onRunsBoth(event.currentTarget.checked)}
      />
    </ChoiceCard>
  );
}
