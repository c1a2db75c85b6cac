import { z } from 'zod';

/** A JSON schema, of which nothing is taken for granted. */
export type Schema = { [key: string]: unknown };
const SchemaSchema: z.ZodType<Schema> = z.record(z.string(), z.unknown());

const ContentSchema = z.record(
  z.string(),
  z.looseObject({
    schema: SchemaSchema.optional(),
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })).optional(),
  }),
);

const ParameterSchema = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().default(false),
  description: z.string().optional(),
  schema: SchemaSchema.optional(),
});
export type Parameter = z.infer<typeof ParameterSchema>;

const OperationSchema = z.looseObject({
  summary: z.string().optional(),
  description: z.string().optional(),
  parameters: z.array(ParameterSchema).default([]),
  requestBody: z.looseObject({ content: ContentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.looseObject({ description: z.string().default(''), content: ContentSchema.optional() }),
  ),
});

/** What this page reads of an OpenAPI document. */
export const OpenApiSchema = z.looseObject({
  info: z.looseObject({ title: z.string(), version: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.looseObject({})),
  components: z.looseObject({ schemas: z.record(z.string(), SchemaSchema).default({}) }).optional(),
});
export type OpenApi = z.infer<typeof OpenApiSchema>;

export type Operation = z.infer<typeof OperationSchema> & {
  method: string;
  path: string;
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The document's operations in its own order; one that this page cannot read is left out. */
export function listOperations({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const parsed = OperationSchema.safeParse(item[method]);
      return parsed.success ? [{ ...parsed.data, method: method.toUpperCase(), path }] : [];
    }),
  );
}

/** Names an operation in the page; usable as an HTML id. */
export function operationId({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`.replace(/\W+/g, '-').toLowerCase();
}

/** The schema that a `$ref` within the document names, the schema itself where it is none, null for an unknown one. */
export function resolve(
  schema: Schema,
  { components }: OpenApi,
): { name: string | null; schema: Schema } | null {
  const { $ref: reference } = schema;
  if (typeof reference !== 'string') return { name: null, schema };
  const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1];
  const found = name === undefined ? undefined : components?.schemas[name];
  return name === undefined || found === undefined ? null : { name, schema: found };
}

/** A body to try an operation with, as the document's example has it; null where it takes none. */
export function exampleBody({ requestBody }: Operation): string | null {
  const json = requestBody?.content['application/json'];
  if (json === undefined) return null;
  const example =
    json.example ??
    Object.values(json.examples ?? {})[0]?.value ??
    json.schema?.example ??
    firstOf(json.schema);
  return JSON.stringify(example ?? {}, null, 2);
}

function firstOf(schema: Schema | undefined): unknown {
  return Array.isArray(schema?.examples) ? schema.examples[0] : undefined;
}
