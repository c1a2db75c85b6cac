import { List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { GateName, GateResult, Light } from '#domain/gates.ts';
import { gateWords, lightWords } from '#domain/report/wording.ts';
import { Foreign } from './foreign.tsx';
import classes from './report.module.css';
import { Tag, type Tone } from './tag.tsx';

const tones: Record<Light, Tone> = { pass: 'good', fail: 'bad', 'not-run': 'quiet' };

/** More evidence is folded away. */
const MOST_EVIDENCE = 3;

/** The six lights, each with what it says, what it looked at and what it cannot tell. */
export function Lights({ gates }: { gates: Record<GateName, GateResult> }) {
  return (
    <SimpleGrid
      component="ul"
      cols={{ base: 1, xs: 2, md: 3 }}
      spacing="sm"
      m={0}
      p={0}
      style={{ listStyle: 'none' }}
    >
      {gateWords.map(({ name, title, ...says }) => (
        <LightCard key={name} title={title} says={says[gates[name].light]} gate={gates[name]} />
      ))}
    </SimpleGrid>
  );
}

function LightCard({ title, says, gate }: { title: string; says: string; gate: GateResult }) {
  const { symbol, word } = lightWords[gate.light];
  return (
    <Stack component="li" gap={6} className={classes.card}>
      <div className={classes.lightTop}>
        <Title order={3}>{title}</Title>
        <Tag tone={tones[gate.light]}>{`${symbol} ${word}`}</Tag>
      </div>
      <Text size="sm" fw={500}>
        {sentence(says)}
      </Text>
      <Evidence evidence={gate.evidence} />
      {gate.light === 'not-run' ? (
        <Text size="sm" c="dimmed" className={classes.foreign}>
          <Foreign text={gate.notChecked} />
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" className={classes.foreign} lineClamp={2}>
            Checked: <Foreign text={gate.checked} />
          </Text>
          <details className={classes.more}>
            <summary>All of it, and what it cannot tell</summary>
            <p>
              Checked: <Foreign text={gate.checked} />
            </p>
            <p>
              Not checked: <Foreign text={gate.notChecked} />
            </p>
          </details>
        </>
      )}
    </Stack>
  );
}

function Evidence({ evidence }: Pick<GateResult, 'evidence'>) {
  if (evidence.length === 0) return null;
  const items = evidence.map(({ message, line }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and may say the same twice
    <List.Item key={index}>
      {line === null ? '' : `line ${line}: `}
      <Foreign text={message} />
    </List.Item>
  ));
  return (
    <>
      <List size="sm" className={classes.foreign}>
        {items.slice(0, MOST_EVIDENCE)}
      </List>
      {items.length > MOST_EVIDENCE && (
        <details className={classes.more}>
          <summary>{items.length - MOST_EVIDENCE} more</summary>
          <List size="sm" className={classes.foreign}>
            {items.slice(MOST_EVIDENCE)}
          </List>
        </details>
      )}
    </>
  );
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
