import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { withSetupLock } from './setup-lock.mjs';

describe('withSetupLock', () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sgcode-lock-'));
    lock = join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one in at a time and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await delay(30);
      inside -= 1;
    };

    await Promise.all([1, 2, 3, 4].map(() => withSetupLock(lock, {}, work)));

    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says once that it waits', async () => {
    const onWait = jest.fn();

    await Promise.all([
      withSetupLock(lock, {}, () => delay(500)),
      withSetupLock(lock, { onWait }, async () => {}),
    ]);

    expect(onWait).toHaveBeenCalledTimes(1);
  });

  it('gives the lock back when the work fails', async () => {
    const failing = withSetupLock(lock, {}, () => Promise.reject(new Error('no registry')));

    await expect(failing).rejects.toThrow('no registry');
    expect(existsSync(lock)).toBe(false);
  });

  it('takes over from an owner whose heart stopped, one waiter after the other', async () => {
    writeFileSync(lock, 'killed');
    const past = new Date(Date.now() - 60_000);
    utimesSync(lock, past, past);
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await delay(50);
      inside -= 1;
    };

    await Promise.all([1, 2, 3].map(() => withSetupLock(lock, { staleMs: 5_000 }, work)));

    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('waits for an owner whose heart beats', async () => {
    writeFileSync(lock, 'alive');
    const order: string[] = [];

    const waiting = withSetupLock(lock, {}, async () => void order.push('mine'));
    await delay(450);
    order.push('owner done');
    rmSync(lock);
    await waiting;

    expect(order).toEqual(['owner done', 'mine']);
  });
});
