import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Quota, QuotaCounter, Reservation } from '#ports/quota/quota.ts';
import type { Caller } from './caller.ts';
import type { routes } from './routes.ts';

/** The most of something in a window of time, for each payer. */
export type Limit = { limit: number; windowSeconds: number };
export type Limits = Readonly<Record<QuotaCounter, Limit>>;

export type Quotas = { quota: Quota; limits: Limits };

const MINUTE = 60;
const DAY = 86_400;

export const defaultLimits: Limits = {
  runs: { limit: 200, windowSeconds: DAY },
  analyses: { limit: 60, windowSeconds: MINUTE },
  checks: { limit: 30, windowSeconds: MINUTE },
  'model-tests': { limit: 10, windowSeconds: MINUTE },
  shares: { limit: 100, windowSeconds: DAY },
};

/** What is counted, by the route that uses it. */
export const counters: Partial<Record<string, QuotaCounter>> = {
  'POST /v1/runs': 'runs',
  'POST /v1/analyses': 'analyses',
  'POST /v1/runs/{runId}/checks': 'checks',
  'POST /v1/models/test': 'model-tests',
  'POST /v1/runs/{runId}/shares': 'shares',
} satisfies Partial<Record<keyof typeof routes, QuotaCounter>>;

/** Says that an answer is one to an earlier request, which was counted then. */
export const REPLAYED = 'idempotent-replayed';

/**
 * Answers a request of a counted route: its unit is taken before anything is done, and given back where no run came
 * of it. What takes our time without a run is counted even when it fails, or failing would be free.
 */
export async function counted(
  routeKey: string,
  caller: Caller,
  { quota, limits }: Quotas,
  answer: () => Promise<APIGatewayProxyResult>,
): Promise<APIGatewayProxyResult> {
  const counter = counters[routeKey];
  if (counter === undefined) return answer();
  const reservation = await quota.reserve({ owner: caller.payer, counter, ...limits[counter] });
  if (counter !== 'runs') return answer();
  try {
    const answered = await answer();
    if (answered.headers?.[REPLAYED] !== undefined) await giveBack(quota, reservation);
    return answered;
  } catch (error) {
    await giveBack(quota, reservation);
    throw error;
  }
}

/** A unit that cannot be given back is lost until the window ends: no reason to fail the request. */
async function giveBack(quota: Quota, reservation: Reservation): Promise<void> {
  await quota.release(reservation).catch(() => {});
}
