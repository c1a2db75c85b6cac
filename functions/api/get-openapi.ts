import { jsonAnswer } from './answers.ts';
import { openApiDocument } from './openapi/document.ts';
import type { emptyRequest } from './requests.ts';
import type { RouteEntry, RouteHandler } from './route.ts';

/** What answers with the description of the routes. */
export function describing(routes: readonly RouteEntry[]): RouteHandler<typeof emptyRequest> {
  return async () => jsonAnswer(200, openApiDocument(routes));
}
