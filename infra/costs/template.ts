import { z } from 'zod';

const ResourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

/** A CloudFormation template, as far as it is read here. */
export const TemplateSchema = z.looseObject({
  Resources: z.record(z.string(), ResourceSchema),
  Outputs: z.record(z.string(), z.unknown()).default({}),
});

export type Template = z.output<typeof TemplateSchema>;
export type Resource = z.output<typeof ResourceSchema>;
