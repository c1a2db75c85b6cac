import type { z } from 'zod';

/** The variables of this function's environment. Throws where one is missing: the deployment is wrong then. */
export function readEnvironment<S extends z.ZodType>(schema: S): z.output<S> {
  // biome-ignore lint/style/noProcessEnv: on AWS the environment is where a function's settings are.
  return schema.parse(process.env);
}
