import { z } from 'zod';

const ValuesSchema = z
  .record(z.string(), z.string().nullish())
  .nullish()
  .transform((values) =>
    Object.entries(values ?? {}).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );

/** A request as API Gateway's REST proxy hands it over (payload version 1), reduced to what is read of it. */
export const ApiEventSchema = z.object({
  httpMethod: z.string().min(1),
  path: z.string().transform((path) => path || '/'),
  /** Names in lower case: API Gateway passes them on as the client wrote them. */
  headers: ValuesSchema.transform((entries) =>
    Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value])),
  ),
  queryStringParameters: ValuesSchema.transform((entries) => Object.fromEntries(entries)),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? null),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string(),
    /** Which of our keys API Gateway let the request in with. */
    identity: z.object({ apiKeyId: z.string().nullish() }).nullish(),
    /** What the authorizer found out about the caller. */
    authorizer: z.record(z.string(), z.unknown()).nullish(),
  }),
});

export type ApiEventInput = z.input<typeof ApiEventSchema>;

export type ApiEvent = z.output<typeof ApiEventSchema> & {
  /** Set by the router, from the path. */
  pathParameters?: Record<string, string>;
};
