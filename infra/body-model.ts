import { z } from 'zod';

/** No program and no prompt is longer than this many bytes, and so not than as many characters either. */
const MAX_TEXT = 1_000_000;

const FieldsSchema = z.object({
  required: z.array(z.string()).default([]),
  properties: z.record(z.string(), z.looseObject({ type: z.unknown().optional() })),
  additionalProperties: z.literal(false).optional(),
});

/** The part of JSON schema, draft 4, that API Gateway is given. */
export type BodyModel = {
  type: 'object';
  required?: string[];
  properties: Record<string, { type?: 'string'; maxLength?: number }>;
  additionalProperties?: false;
};

/**
 * What API Gateway itself checks of a body, before any function is paid for: an object with the fields that there
 * must be, none that there are not, and no text over the limit. The rest is left to the API, which says what is wrong.
 * Throws for a schema that is not of an object.
 */
export function bodyModel(schema: z.ZodType): BodyModel {
  const json = z.toJSONSchema(schema, { target: 'draft-4', io: 'input', unrepresentable: 'any' });
  const { required, properties, additionalProperties } = FieldsSchema.parse(json);
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, { type }]) => [
        name,
        type === 'string' ? { type, maxLength: MAX_TEXT } : {},
      ]),
    ),
    ...(additionalProperties === false ? { additionalProperties } : {}),
  };
}
