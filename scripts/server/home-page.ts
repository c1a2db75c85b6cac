import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiEventInput } from '#api/api-event.ts';
import { htmlHeaders } from '#api/html-headers.ts';
import { MethodNotAllowedError } from '#middleware/request-errors.ts';
import type { RunStore } from '#ports/run-store/run-store.ts';
import { renderRuns } from '#rendering/render-runs.ts';

const RUNS_ON_A_PAGE = 50;

/** The page that lists this machine's runs. Rejects with an error of the problem table. */
export async function homePage(
  { httpMethod, queryStringParameters }: ApiEventInput,
  { runStore, owner }: { runStore: RunStore; owner: string },
): Promise<APIGatewayProxyResult> {
  if (httpMethod !== 'GET' && httpMethod !== 'HEAD') throw new MethodNotAllowedError(['GET', 'HEAD']);
  const after = queryStringParameters?.cursor ?? null;
  const { runs, next } = await runStore.list(owner, { limit: RUNS_ON_A_PAGE, after });
  const olderUrl = next === null ? null : `/?cursor=${encodeURIComponent(next)}`;
  return { statusCode: 200, headers: { ...htmlHeaders }, body: renderRuns({ runs, olderUrl }) };
}
