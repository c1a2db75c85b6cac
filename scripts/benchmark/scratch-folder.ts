import { access, constants, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory that Linux offers as a folder (https://man7.org/linux/man-pages/man7/shm_overview.7.html). */
const MEMORY = '/dev/shm';

/**
 * Makes a new folder for the stores of a benchmark: in memory where the system has such a place and `TMPDIR` names
 * no other, for on a disk the processes wait for one another, and what lies there is removed after each program.
 */
export async function makeScratchFolder(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const inMemory =
    environment.TMPDIR === undefined &&
    (await access(MEMORY, constants.W_OK).then(
      () => true,
      () => false,
    ));
  return mkdtemp(join(inMemory ? MEMORY : tmpdir(), 'sgcode-benchmark-'));
}
