import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createStoredValue, type Store } from './stored-value.ts';

const SCHEMA = z.object({ n: z.int() });
const INITIAL = { n: 0 };

function storage(texts: Record<string, string> = {}): Store & { texts: Record<string, string> } {
  return {
    texts,
    getItem: (key) => texts[key] ?? null,
    setItem: (key, text) => {
      texts[key] = text;
    },
  };
}
const valueIn = (store: () => Store | null) =>
  createStoredValue({ key: 'k', schema: SCHEMA, initial: INITIAL, store });

describe('a stored value', () => {
  it('outlives the page', () => {
    const store = storage();

    valueIn(() => store).change(({ n }) => ({ n: n + 2 }));

    expect(valueIn(() => store).get()).toEqual({ n: 2 });
  });

  it.each(['', '{', '{"n": "1"}', 'null', '[]'])('is the initial one where %p is stored', (text) => {
    expect(valueIn(() => storage({ k: text })).get()).toBe(INITIAL);
  });

  it('is the same object until it changes, as React wants it', () => {
    const value = valueIn(() => storage({ k: '{"n": 1}' }));

    expect(value.get()).toBe(value.get());
  });

  it('tells who listens, and nobody else', () => {
    const value = valueIn(() => storage());
    const seen: number[] = [];
    const stop = value.subscribe(() => seen.push(value.get().n));

    value.change(() => ({ n: 1 }));
    stop();
    value.change(() => ({ n: 2 }));

    expect(seen).toEqual([1]);
  });

  it('follows what another tab wrote', () => {
    const store = storage();
    const value = valueIn(() => store);
    value.get();
    store.texts.k = '{"n": 7}';

    value.reload();

    expect(value.get()).toEqual({ n: 7 });
  });

  it.each([
    ['there is none', () => null],
    [
      'it is blocked',
      (): Store => {
        throw new Error('SecurityError');
      },
    ],
    [
      'it is full',
      (): Store => ({
        getItem: () => null,
        setItem: () => {
          throw new Error('QuotaExceededError');
        },
      }),
    ],
  ])('lives in memory where %s', (_name, store) => {
    const value = valueIn(store);

    value.change(() => ({ n: 3 }));

    expect(value.get()).toEqual({ n: 3 });
  });
});
