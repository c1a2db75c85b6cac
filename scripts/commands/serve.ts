import { once } from 'node:events';
import { type CommandContext, withEngine } from './command-context.ts';

export type ServeOptions = { port: number };

/** Serves on this machine until Ctrl-C. Returns 0, or 1 where the port is taken. */
export async function serve({ port }: ServeOptions, context: CommandContext): Promise<number> {
  return withEngine(context, async (engine) => {
    const server = await engine.serve({ port }).catch(nullIfTaken);
    if (server === null) {
      context.stderr.write(
        `Port ${port} is taken. Choose another with --port, or --port 0 for any that is free.\n`,
      );
      return 1;
    }
    context.stdout.write(`SGCode is served at ${server.url}\nPress Ctrl-C to stop.\n`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await server.close();
    return 0;
  });
}

function nullIfTaken(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
  throw error;
}
