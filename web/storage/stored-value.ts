import type { z } from 'zod';

/** What of the browser's storage is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>;

export type StoredValue<T> = {
  get(): T;
  /** Kept in memory, and in the storage where that takes it. */
  change(next: (old: T) => T): void;
  subscribe(listener: () => void): () => void;
  /** Reads the storage anew: another tab has changed it. */
  reload(): void;
};

type Options<T> = {
  key: string;
  schema: z.ZodType<T>;
  /** Where nothing is stored, or nothing that the schema takes. */
  initial: T;
  /** Null where there is no storage: while the page is built, or where a browser blocks it. */
  store: () => Store | null;
};

/** A value that outlives the page; what is read from the storage is checked, as anybody may have written it. */
export function createStoredValue<T>({ key, schema, initial, store }: Options<T>): StoredValue<T> {
  const listeners = new Set<() => void>();
  let current: { value: T } | null = null;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const get = () => {
    current ??= { value: read(store, key, schema, initial) };
    return current.value;
  };
  return {
    get,
    change: (next) => {
      current = { value: next(get()) };
      write(store, key, current.value);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reload: () => {
      current = null;
      tell();
    },
  };
}

function read<T>(store: () => Store | null, key: string, schema: z.ZodType<T>, initial: T): T {
  try {
    const text = store()?.getItem(key) ?? null;
    return text === null ? initial : schema.parse(JSON.parse(text));
  } catch {
    return initial;
  }
}

function write(store: () => Store | null, key: string, value: unknown): void {
  try {
    store()?.setItem(key, JSON.stringify(value));
  } catch {
    // Storage that is full or blocked: the value lives as long as the page.
  }
}
