import { SimpleGrid, Text, Title, UnstyledButton } from '@mantine/core';
import classes from './example-cards.module.css';
import { type Example, examples } from './examples.ts';

type ExampleCardsProps = { isBusy: boolean; onRun: (example: Example) => void };

/** Programs that run at one click, with neither key nor sign-in. */
export function ExampleCards({ isBusy, onRun }: ExampleCardsProps) {
  return (
    <section aria-labelledby="examples-title">
      <Title order={2} size="h4" id="examples-title" mb="xs">
        Or run an example, at once
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm">
        {examples.map((example) => (
          <UnstyledButton
            key={example.file}
            className={classes.card}
            disabled={isBusy}
            onClick={() => onRun(example)}
          >
            <Text fw={600} size="sm">
              {example.title}
            </Text>
            <Text size="xs" c="dimmed">
              {example.about}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </section>
  );
}
