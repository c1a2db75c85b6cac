import { Stack, Table, Text, Title } from '@mantine/core';
import { modelNames, roleWords } from '#domain/report/model-words.ts';
import { formatCost, formatMs, formatTokens } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { timeByStep } from '../charts/chart-figures.ts';
import { Facts } from '../facts.tsx';
import { TableHead } from '../table-head.tsx';

/** What the run took: money, tokens and time, against what it was allowed to take. */
export function CostTab({ report }: { report: Report }) {
  const { modelCalls, modelSteps, tokens, costUsd, ms, modelMs, iterations, settings } = report;
  const { budget, maxIterations, maxSeconds } = settings;
  const used = tokens.prompt + tokens.completion;
  return (
    <Stack gap="lg">
      <section aria-labelledby="spent">
        <Title order={2} id="spent" mb="xs">
          Spent, and allowed
        </Title>
        <Facts
          facts={[
            [
              'Cost',
              `${formatCost(costUsd)} of ${budget.maxCostUsd === null ? 'no limit' : formatCost(budget.maxCostUsd)}`,
            ],
            ['Model calls', `${modelCalls} of ${budget.maxCalls}`],
            [
              'Tokens',
              `${formatTokens(tokens)}: ${used.toLocaleString('en-US')} of ${budget.maxTokens.toLocaleString('en-US')}`,
            ],
            ['Iterations', `${iterations} of ${maxIterations}`],
            ['Time', `${formatMs(ms.total)} of ${maxSeconds} s`],
            ['Of it, models took', formatMs(modelMs)],
            ...modelNames(settings.models).map(
              ({ role, words }) => [`The ${roleWords[role]}`, words] as const,
            ),
          ]}
        />
        {modelCalls === 0 && (
          <Text size="sm" mt="xs">
            No language model was called: tested rewrites cost nothing but time.
          </Text>
        )}
        {costUsd === null && (
          <Text size="sm" mt="xs">
            A price is unknown, so the cost is: it is not 0.
          </Text>
        )}
      </section>
      {modelSteps.length > 0 && <ModelSteps steps={modelSteps} />}
      <section aria-labelledby="steps">
        <Title order={2} id="steps" mb="xs">
          Time by step
        </Title>
        <Table maw={420} verticalSpacing={4} aria-labelledby="steps">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Step</Table.Th>
              <Table.Th scope="col" ta="right">
                Time
              </Table.Th>
              <Table.Th scope="col" ta="right">
                Share
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {timeByStep(report).map(({ name, ms: time, share }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                <Table.Td ta="right">{formatMs(time)}</Table.Td>
                <Table.Td ta="right">{Math.round(100 * share)} %</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  );
}

function ModelSteps({ steps }: { steps: Report['modelSteps'] }) {
  return (
    <section aria-labelledby="calls">
      <Title order={2} id="calls" mb="xs">
        Models by step
      </Title>
      <Table maw={560} verticalSpacing={4} aria-labelledby="calls">
        <TableHead heads={['Step', 'Calls', 'Tokens', 'Cost', 'Time']} />
        <Table.Tbody>
          {steps.map(({ step, calls, tokens, costUsd, ms }) => (
            <Table.Tr key={step}>
              <Table.Th scope="row" fw={400}>
                {step.toLowerCase()}
              </Table.Th>
              <Table.Td>{calls}</Table.Td>
              <Table.Td>{formatTokens(tokens)}</Table.Td>
              <Table.Td>{formatCost(costUsd)}</Table.Td>
              <Table.Td>{formatMs(ms)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
