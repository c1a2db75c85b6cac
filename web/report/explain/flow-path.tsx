import { Text } from '@mantine/core';
import { formatRisk } from '#domain/report/risk-lines.ts';
import { cutStep } from '#domain/report/risk-words.ts';
import type { Flow } from '#domain/risk.ts';
import { shownLine } from '../code-excerpt.tsx';
import { CweLink } from '../cwe-link.tsx';
import classes from './explain.module.css';

/** The way of a value from where it comes in to where it does harm, and where the graph network would cut it. */
export function FlowPath({ flow }: { flow: Flow }) {
  const cutAfter = cutStep(flow);
  const last = flow.path.length - 1;
  return (
    <div className={classes.flow}>
      <Text size="sm">
        The way of a value to <CweLink cwe={flow.cwe} />, certainty {formatRisk(flow.cut)}
      </Text>
      <ol>
        {flow.path.map(({ line, column, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is what it is by its place in the way
          <li key={`${index} ${line} ${column}`}>
            line {line}{' '}
            <code>
              <bdi>{shownLine(text)}</bdi>
            </code>{' '}
            {index === 0 ? '(start)' : index === last ? '(end)' : ''}
            {index === cutAfter && <div className={classes.cut}>✂ would be cut here</div>}
          </li>
        ))}
      </ol>
    </div>
  );
}
