import type { RunSettingsInput } from '#domain/loop-state.ts';
import { RunSchema } from '#domain/run.ts';

const MAX_WAIT_MS = 120_000;

type NewRun = { code: string; path?: string; settings?: RunSettingsInput };

/** Has the server secure a program, and waits for its end. Resolves to the run's id. */
export async function finishedRun(origin: string, run: NewRun): Promise<string> {
  const created = await fetch(`${origin}/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(run),
  });
  if (!created.ok) throw new Error(`the run was refused: ${await created.text()}`);
  const { id } = RunSchema.parse(await created.json());
  for (let waited = 0; waited < MAX_WAIT_MS; waited += 100) {
    const { status } = RunSchema.parse(await (await fetch(`${origin}/v1/runs/${id}`)).json());
    if (status === 'finished') return id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the run ${id} has not ended`);
}
