import {
  createAnalysisRequest,
  createCodeCheckRequest,
  createModelTestRequest,
  createRunRequest,
  createShareRequest,
  deleteShareRequest,
  emptyRequest,
  listRunsRequest,
  reportRequest,
  runEventsRequest,
  runRequest,
  sharedReportRequest,
} from './requests.ts';
import { type Route, type RouteEntry, route } from './route.ts';

export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

/** Method and path → what answers. Everything that must know the API's addresses reads them here. */
export const routes = {
  'POST /v1/runs': route(createRunRequest, () => import('./create-run.ts')),
  'GET /v1/runs': route(listRunsRequest, () => import('./list-runs.ts')),
  'GET /v1/runs/{runId}': route(runRequest, () => import('./get-run.ts')),
  'DELETE /v1/runs/{runId}': route(runRequest, () => import('./delete-run.ts')),
  'POST /v1/runs/{runId}/cancel': route(runRequest, () => import('./cancel-run.ts')),
  'GET /v1/runs/{runId}/report': route(reportRequest, () => import('./get-report.ts')),
  'GET /v1/runs/{runId}/events': route(runEventsRequest, () => import('./get-run-events.ts')),
  'POST /v1/runs/{runId}/checks': route(createCodeCheckRequest, () => import('./create-code-check.ts')),
  'POST /v1/runs/{runId}/shares': route(createShareRequest, () => import('./create-share.ts')),
  'GET /v1/runs/{runId}/shares': route(runRequest, () => import('./list-shares.ts')),
  'DELETE /v1/shares/{shareId}': route(deleteShareRequest, () => import('./delete-share.ts')),
  'GET /v1/shared/{token}': route(sharedReportRequest, () => import('./get-shared-report.ts'), 'anyone'),
  'POST /v1/analyses': route(createAnalysisRequest, () => import('./create-analysis.ts')),
  'GET /v1/models': route(emptyRequest, () => import('./list-models.ts')),
  'POST /v1/models/test': route(createModelTestRequest, () => import('./create-model-test.ts')),
  'GET /v1/health': route(emptyRequest, () => import('./get-health.ts'), 'anyone'),
  'GET /v1/openapi.json': route(emptyRequest, describingRoutes, 'anyone'),
} as const satisfies Record<RouteKey, Route>;

/** What describes the routes cannot import them, so they are handed over. */
async function describingRoutes() {
  const { describing } = await import('./get-openapi.ts');
  return { handle: describing(listRoutes()) };
}

/** The registry's entries with the method and path of each. */
export function listRoutes(): RouteEntry[] {
  return Object.entries(routes).map(([key, entry]) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, path, route: entry };
  });
}

/** The methods that an address takes, HEAD and OPTIONS included; none for an unknown one. */
export function allowedMethods(path: string): string[] {
  const methods = listRoutes()
    .filter((entry) => isAt(entry.path, path))
    .map(({ method }) => method);
  if (methods.length === 0) return [];
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

function isAt(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.replace(/(?<=.)\/$/, '').split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
}
