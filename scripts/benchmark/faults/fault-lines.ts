import type { FaultsResult } from './run-with-faults.ts';

/** What went wrong, and what became of the runs, in lines for a person. */
export function faultLines({
  tally,
  runs,
  asWithoutFaults,
  failed,
  wrong,
  repeated,
  swept,
  seconds,
}: FaultsResult): string {
  const { faults, mishaps } = tally;
  const rows: [string, number][] = [
    ['requests to AWS', tally.requests],
    ['  throttled', faults.throttled],
    ['  not delivered', faults['not delivered']],
    ['  done, the answer lost', faults['answer lost']],
    ['  delivered twice', faults['delivered twice']],
    ['functions not invoked', mishaps['not invoked']],
    ['functions whose answer was lost', mishaps['answer lost']],
    ['functions invoked twice at once', mishaps['invoked twice']],
    ['executions stopped from outside', tally.stopped],
    ['requests that a caller sent twice at once', tally.repeatedRequests],
    ['requests that a caller sent once more', repeated],
    ['events that came twice', tally.repeatedEvents],
    ['runs', runs],
    ['  ended as without faults', asWithoutFaults],
    ['  ended with a report of what failed', failed],
    ['  finalized by the sweep', swept],
    ['lost, stuck, made or reported twice', wrong.length],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(
    ([name, figure]) => `${name.padEnd(width)}  ${figure.toLocaleString('en-US').padStart(9)}`,
  );
  return [...lines, `${Math.round(seconds)} seconds`, ...wrong].join('\n');
}
