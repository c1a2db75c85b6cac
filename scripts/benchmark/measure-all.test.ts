import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BenchmarkRecord } from '#domain/benchmark-record.ts';
import { mechanismArm, outputsArm, untouchedArm } from './arms.ts';
import { testRecord } from './fixtures/test-record.ts';
import type { Item } from './item-messages.ts';
import { ItemLostError, ModelOutageError } from './item-process-handle.ts';
import { measureAll, type ProgramWork } from './measure-all.ts';

const arms = [untouchedArm, mechanismArm('rules'), outputsArm('theirs')];

function workOn(names: readonly string[]): ProgramWork[] {
  return names.map((name) => ({
    name,
    arms,
    item: async (arm) => ({
      program: name,
      code: new Uint8Array(),
      tests: null,
      arm,
      output: null,
      calls: null,
    }),
  }));
}

/** Hooks whose processes answer as told, and what they were asked. */
function hooksThat(answer: (item: Item, tries: number) => Promise<void> = async () => {}) {
  const controller = new AbortController();
  const records: BenchmarkRecord[] = [];
  const asked: { key: string; home: number }[] = [];
  const open = new Set<number>();
  let started = 0;
  return {
    records,
    asked,
    open,
    controller,
    keys: () => records.map(({ program, arm }) => `${program} ${arm}`),
    hooks: {
      startProcess: () => {
        started += 1;
        const home = started;
        open.add(home);
        return {
          measure: async (item: Item) => {
            const key = `${item.program} ${item.arm.name}`;
            asked.push({ key, home });
            try {
              await answer(item, asked.filter((each) => each.key === key).length);
            } catch (error) {
              // As a real process does that loses its item.
              open.delete(home);
              throw error;
            }
            return testRecord(item.program, item.arm.name);
          },
          close: async () => void open.delete(home),
        };
      },
      lostRecord: async (item: Item, reason: string) => testRecord(item.program, item.arm.name, { reason }),
      onRecord: (record: BenchmarkRecord) => void records.push(record),
      onStart: () => {},
      signal: controller.signal,
    },
  };
}

const allKeys = (names: readonly string[]) =>
  names.flatMap((name) => arms.map((arm) => `${name} ${arm.name}`));

describe('measureAll', () => {
  it('measures every item once, and a program in one process, however many there are and whoever dies', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.integer({ min: 1, max: 4 }),
        fc.func(fc.nat(9)),
        async (list, jobs, chance) => {
          const test = hooksThat(async (item, tries) => {
            await delay(0);
            if (chance(item.program, item.arm.name, tries) === 0) throw new ItemLostError('it died');
          });

          await measureAll(workOn(list), jobs, test.hooks);

          expect(test.keys().sort()).toEqual(allKeys(list).sort());
          expect(test.open.size).toBe(0);
        },
      ),
    );
  });

  it('hands the programs out in their order, and keeps a program in its process', async () => {
    const test = hooksThat(() => delay(1));

    await measureAll(workOn(['a', 'b', 'c']), 2, test.hooks);

    expect(test.asked.slice(0, 2).map(({ key }) => key)).toEqual(['a untouched', 'b untouched']);
    for (const name of ['a', 'b', 'c']) {
      const homes = test.asked.filter(({ key }) => key.startsWith(name)).map(({ home }) => home);
      expect(new Set(homes).size).toBe(1);
    }
  });

  it('tries an item once more in a new process, then notes why it was lost and goes on', async () => {
    const test = hooksThat(async ({ program, arm }, tries) => {
      if (arm.kind === 'mechanism' && (program === 'a' || tries === 1)) throw new ItemLostError('it died');
    });

    await measureAll(workOn(['a', 'b']), 1, test.hooks);

    expect(test.keys()).toEqual(allKeys(['a', 'b']));
    expect(test.records.filter(({ reason }) => reason === 'it died').map(({ program }) => program)).toEqual([
      'a',
    ]);
    expect(test.asked.map(({ home }) => home)).toEqual([1, 1, 2, 3, 3, 3, 4, 4]);
  });

  it('ends at once when it is stopped, and closes what is at work', async () => {
    const closed = Promise.withResolvers<void>();
    const test = hooksThat(async ({ program }) => {
      if (program === 'b') await closed.promise;
    });
    test.controller.signal.addEventListener('abort', () => closed.reject(new ItemLostError('it was closed')));
    const running = measureAll(workOn(['a', 'b', 'c']), 1, test.hooks);
    while (test.asked.length < 4) await delay(1);

    test.controller.abort();
    await running;

    expect(test.keys()).toEqual(allKeys(['a']));
    expect(test.open.size).toBe(0);
  });

  it('measures nothing more, and closes every process, where no model can be asked', async () => {
    const test = hooksThat(async ({ program }) => {
      await delay(5);
      if (program === 'b') throw new ModelOutageError('the server is away');
    });

    await expect(measureAll(workOn(['a', 'b', 'c', 'd']), 2, test.hooks)).rejects.toThrow(
      'the server is away',
    );

    expect(test.asked.map(({ key }) => key)).not.toContain('d untouched');
    expect(test.open.size).toBe(0);
    const { length } = test.asked;
    await delay(50);
    expect(test.asked).toHaveLength(length);
  });

  it('ends with an error that is not of one item, such as data that was changed', async () => {
    const [first, ...others] = workOn(['a', 'b']);
    const changed = { ...first, name: 'a', arms, item: () => Promise.reject(new Error('a.py was changed')) };
    const test = hooksThat();

    await expect(measureAll([changed, ...others], 1, test.hooks)).rejects.toThrow('changed');
    expect(test.open.size).toBe(0);
  });
});
