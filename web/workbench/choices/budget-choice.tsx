import { Group, NumberInput } from '@mantine/core';
import { type ModelBudget, ModelBudgetSchema } from '#domain/model-settings.ts';

type BudgetChoiceProps = { budget: ModelBudget; onChange: (budget: ModelBudget) => void };

/** What a run may spend on models; it ends with the best result so far where that is used up. */
export function BudgetChoice({ budget, onChange }: BudgetChoiceProps) {
  const change = (part: Partial<ModelBudget>) => {
    const parsed = ModelBudgetSchema.safeParse({ ...budget, ...part });
    if (parsed.success) onChange(parsed.data);
  };
  return (
    <Group grow align="flex-end" gap="xs" wrap="nowrap">
      <NumberInput
        size="xs"
        label="Calls at most"
        min={0}
        max={100}
        allowDecimal={false}
        value={budget.maxCalls}
        onChange={(value) => change({ maxCalls: Number(value) })}
      />
      <NumberInput
        size="xs"
        label="Tokens at most"
        min={0}
        max={10_000_000}
        step={10_000}
        allowDecimal={false}
        thousandSeparator=","
        value={budget.maxTokens}
        onChange={(value) => change({ maxTokens: Number(value) })}
      />
      <NumberInput
        size="xs"
        label="US$ at most"
        placeholder="no limit"
        min={0}
        max={10_000}
        decimalScale={2}
        value={budget.maxCostUsd ?? ''}
        onChange={(value) => change({ maxCostUsd: value === '' ? null : Number(value) })}
      />
    </Group>
  );
}
