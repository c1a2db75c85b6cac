import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What `cdk synth` leaves of one stack: its template, and the files and images that the template refers to. */

const ResourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.infer<typeof ResourceSchema>;

const TemplateSchema = z.looseObject({
  Parameters: z.record(z.string(), z.unknown()).optional(),
  Resources: z.record(z.string(), ResourceSchema),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});
export type Template = z.infer<typeof TemplateSchema>;

const FileDestinationsSchema = z.record(
  z.string(),
  z.looseObject({ bucketName: z.string(), objectKey: z.string() }),
);
const AssetsSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string(), packaging: z.enum(['file', 'zip']) }),
        destinations: FileDestinationsSchema,
      }),
    )
    .default({}),
  dockerImages: z
    .record(
      z.string(),
      z.looseObject({ source: z.looseObject({ directory: z.string(), dockerFile: z.string().optional() }) }),
    )
    .default({}),
});
export type Assets = z.infer<typeof AssetsSchema>;

/** One stack of an assembly in `folder`. */
export type StackAssembly = { folder: string; name: string; template: Template; assets: Assets };

/** Reads the stack `name` of the assembly in `folder`; throws where it is not one. */
export async function readAssembly(folder: string, name: string): Promise<StackAssembly> {
  const read = async (suffix: string) =>
    JSON.parse(await readFile(join(folder, `${name}.${suffix}.json`), 'utf8'));
  return {
    folder,
    name,
    template: TemplateSchema.parse(await read('template')),
    assets: AssetsSchema.parse(await read('assets')),
  };
}

/** The resources of one type, by logical id. */
export function resourcesOf(template: Template, type: string): [id: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}
