'use client';

import { Anchor, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { type Mechanism, MechanismSchema } from '#domain/mechanism.ts';
import type { ModelBudget } from '#domain/model-settings.ts';
import type { RunInput } from '#domain/run.ts';
import { commonMechanisms, doesWhat, mayCost, mechanismTitles, needsWhat } from '../mechanism-words.ts';
import { ChoiceCard } from './choice-card.tsx';

type MechanismChoiceProps = {
  mechanism: Mechanism;
  input: RunInput;
  budget: ModelBudget;
  onChange: (mechanism: Mechanism) => void;
};

/** How the code is secured. */
export function MechanismChoice({ mechanism, input, budget, onChange }: MechanismChoiceProps) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = MechanismSchema.options.filter(
    (name) => showsAll || commonMechanisms.includes(name) || name === mechanism,
  );
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
          {shown.map((name) => (
            <Radio key={name} value={name} size="sm" label={mechanismTitles[name]} />
          ))}
        </Stack>
      </Radio.Group>
      {!showsAll && (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setShowsAll(true)}>
          More, for comparisons
        </Anchor>
      )}
    </ChoiceCard>
  );
}
