import { servePage } from '../harness/served-page.ts';
import { running } from './running.ts';

/** Starts the server that every test visits; Jest calls it once. */
export default async function start(): Promise<void> {
  running.page = await servePage();
  process.env.SGCODE_PAGE = running.page.url;
}
