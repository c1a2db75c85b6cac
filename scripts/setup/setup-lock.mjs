import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './setup-error.mjs';

const HEARTBEAT_MS = 1_000;
// A heartbeat rather than a process id: two containers over one checkout do not see each other's processes.
const STALE_MS = 15_000;

/**
 * Runs `work` while no other process sets this checkout up; waits for one that does. A lock whose owner was
 * killed is taken over after 15 seconds without a heartbeat.
 *
 * @template T
 * @param {string} lockFile
 * @param {{ onWait?: () => void, staleMs?: number }} options `onWait` is called once, when waiting begins
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(lockFile, { onWait, staleMs = STALE_MS }, work) {
  const token = randomUUID();
  let waited = false;
  while (!tryToLock(lockFile, token, staleMs)) {
    if (!waited) onWait?.();
    waited = true;
    await delay(200);
  }

  const heartbeat = setInterval(() => touch(lockFile), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (ownerOf(lockFile) === token) rmSync(lockFile, { force: true });
  }
}

/**
 * @param {string} lockFile
 * @param {string} token
 * @param {number} staleMs
 */
function tryToLock(lockFile, token, staleMs) {
  // Linked into place whole, so that nobody ever reads a lock without its owner.
  const mine = `${lockFile}.${token}`;
  writeFileSync(mine, token);
  try {
    linkSync(mine, lockFile);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    removeStaleLock(lockFile, staleMs);
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * @param {string} lockFile
 * @param {number} staleMs
 */
function removeStaleLock(lockFile, staleMs) {
  const owner = ownerOf(lockFile);
  const age = ageOf(lockFile);
  if (owner === null || age === null || age < staleMs) return;

  const aside = `${lockFile}.stale-${randomUUID()}`;
  try {
    renameSync(lockFile, aside);
    // Another waiter may have replaced the stale lock by its own just before the rename: give that one back.
    if (ownerOf(aside) !== owner) linkSync(aside, lockFile);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} lockFile */
function touch(lockFile) {
  try {
    utimesSync(lockFile, new Date(), new Date());
  } catch {
    // Removed by hand: the work goes on, and the next process that comes takes the lock.
  }
}

/** @param {string} lockFile */
function ownerOf(lockFile) {
  try {
    return readFileSync(lockFile, 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} lockFile */
function ageOf(lockFile) {
  try {
    return Date.now() - statSync(lockFile).mtimeMs;
  } catch {
    return null;
  }
}
