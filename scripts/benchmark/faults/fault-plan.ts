import type { Fault } from '#ports/fixtures/inject-faults.ts';
import { seededNumbers } from '../sample.ts';

/** What goes wrong with one invocation of a step's function. */
export type Mishap =
  /** Its environment ends before it begins. */
  | 'not invoked'
  /** It does its work, and nobody hears of it. */
  | 'answer lost'
  /** Two environments do it at once. */
  | 'invoked twice';

/** How often each thing goes wrong, as shares of 1. */
const REQUEST_FAULTS: Readonly<Record<Fault, number>> = {
  throttled: 0.03,
  'not delivered': 0.02,
  'answer lost': 0.03,
  'delivered twice': 0.03,
};
const STEP_MISHAPS: Readonly<Record<Mishap, number>> = {
  'not invoked': 0.03,
  'answer lost': 0.03,
  'invoked twice': 0.03,
};
const STOPPED_RUNS = 0.05;
const REPEATED_REQUESTS = 0.05;
const REPEATED_EVENTS = 0.2;

export type FaultTally = {
  requests: number;
  faults: Record<Fault, number>;
  mishaps: Record<Mishap, number>;
  /** Runs whose execution was stopped from outside, requests that a caller sent twice at once, events that came twice. */
  stopped: number;
  repeatedRequests: number;
  repeatedEvents: number;
};

/** Says what goes wrong next, and counts it. */
export type FaultPlan = {
  tally: FaultTally;
  /** Off until told: a system is set up without faults. */
  begin(): void;
  nextFault(): Fault | null;
  nextMishap(): Mishap | null;
  /** After how many steps the execution of a run is stopped, if it has so many; null where it is not. */
  nextStop(): number | null;
  isRequestRepeated(): boolean;
  isEventRepeated(): boolean;
};

/**
 * Draws faults with chances of their own, from a seed. The draws are the same for a seed; which request meets which
 * of them depends on what comes first. `severity` multiplies the faults of requests.
 */
export function createFaultPlan(seed: number, severity = 1): FaultPlan {
  const random = seededNumbers(seed);
  const tally: FaultTally = {
    requests: 0,
    faults: { throttled: 0, 'not delivered': 0, 'answer lost': 0, 'delivered twice': 0 },
    mishaps: { 'not invoked': 0, 'answer lost': 0, 'invoked twice': 0 },
    stopped: 0,
    repeatedRequests: 0,
    repeatedEvents: 0,
  };
  let isOn = false;
  const happens = (share: number, count: 'repeatedRequests' | 'repeatedEvents') => {
    const does = random() < share;
    if (does) tally[count] += 1;
    return does;
  };
  return {
    tally,
    begin: () => {
      isOn = true;
    },
    nextFault() {
      if (!isOn) return null;
      tally.requests += 1;
      return draw(random() / severity, REQUEST_FAULTS, tally.faults);
    },
    nextMishap: () => draw(random(), STEP_MISHAPS, tally.mishaps),
    nextStop: () => (random() < STOPPED_RUNS ? Math.floor(random() * 8) : null),
    isRequestRepeated: () => happens(REPEATED_REQUESTS, 'repeatedRequests'),
    isEventRepeated: () => happens(REPEATED_EVENTS, 'repeatedEvents'),
  };
}

function draw<K extends string>(
  drawn: number,
  shares: Readonly<Record<K, number>>,
  tally: Record<K, number>,
): K | null {
  let left = drawn;
  for (const kind of Object.keys(shares) as K[]) {
    left -= shares[kind];
    if (left < 0) {
      tally[kind] += 1;
      return kind;
    }
  }
  return null;
}
