import { describe, expect, it } from '@jest/globals';
import { openApiDocument } from '#api/openapi/document.ts';
import { listRoutes } from '#api/routes.ts';
import { exampleBody, listOperations, OpenApiSchema } from '../../web/api-reference/openapi.ts';

describe('the API page', () => {
  const document = OpenApiSchema.parse(JSON.parse(JSON.stringify(openApiDocument(listRoutes()))));

  it('shows every route of the API', () => {
    const shown = listOperations(document).map(({ method, path }) => `${method} ${path}`);

    expect(shown.sort()).toEqual(
      listRoutes()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
  });

  it('has an example to try wherever a body is taken', () => {
    const bodies = listOperations(document).map(exampleBody);

    expect(bodies.filter((body) => body !== null).length).toBeGreaterThan(0);
    expect(bodies).not.toContain('{}');
  });
});
