import { List, SimpleGrid, Text, Title } from '@mantine/core';
import { isRead } from '#domain/report/wording.ts';
import type { Report } from '#domain/report.ts';
import { Foreign } from '../foreign.tsx';
import { whatWasChecked } from '../headline.ts';
import classes from '../report.module.css';

/** That nothing was found is worth what was looked at: both are said. */
export function NothingFound({ report }: { report: Report }) {
  const { checked, notChecked } = whatWasChecked(report);
  return (
    <section className={classes.card} aria-labelledby="nothing">
      <Title order={2} id="nothing" mb="xs">
        {isRead(report)
          ? 'No counted finding, before or after'
          : 'Nothing is known: no analyzer could read the code'}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Said title="Checked" items={checked} empty="Nothing." />
        <Said title="Not checked" items={notChecked} empty="" />
      </SimpleGrid>
    </section>
  );
}

function Said({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) {
  return (
    <div>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {items.length === 0 && <Text size="sm">{empty}</Text>}
      <List size="sm" className={classes.foreign}>
        {items.map((item) => (
          <List.Item key={item}>
            <Foreign text={item} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}
