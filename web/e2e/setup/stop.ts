import { running } from './running.ts';

/** Ends the server; Jest calls it once. */
export default async function stop(): Promise<void> {
  await running.page?.close();
}
