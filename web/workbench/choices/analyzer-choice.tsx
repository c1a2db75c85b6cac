import { SegmentedControl, Text } from '@mantine/core';
import { type PolicyName, PolicyNameSchema } from '#domain/policy-name.ts';
import { ChoiceCard } from './choice-card.tsx';

const NOTES: Readonly<Record<PolicyName, string>> = {
  practical:
    'Counts what a reviewer would act on: high and medium severity, and hard-coded secrets. The rest is shown for information. Needs nothing, costs nothing.',
  paper: 'Counts every finding, as the SGCode paper did. Needs nothing, costs nothing.',
};

type AnalyzerChoiceProps = { policy: PolicyName; onChange: (policy: PolicyName) => void };

/** Bandit is the only analyzer so far; what is chosen is which of its findings count. */
export function AnalyzerChoice({ policy, onChange }: AnalyzerChoiceProps) {
  return (
    <ChoiceCard title="Analyzer" note={NOTES[policy]}>
      <Text size="sm">Bandit, all rules. What counts:</Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Findings that count"
        data={[
          { value: 'practical', label: 'Practical' },
          { value: 'paper', label: 'Every finding' },
        ]}
        value={policy}
        onChange={(value) => onChange(PolicyNameSchema.parse(value))}
      />
    </ChoiceCard>
  );
}
