'use client';

import { useSyncExternalStore } from 'react';
import type { z } from 'zod';
import { createStoredValue, type StoredValue } from './stored-value.ts';

/** A value that this browser keeps, for all its tabs. */
export function keptByBrowser<T>(key: string, schema: z.ZodType<T>, initial: T): StoredValue<T> {
  const value = createStoredValue({ key, schema, initial, store: () => globalThis.localStorage ?? null });
  globalThis.window?.addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) value.reload();
  });
  return value;
}

/** A value that this tab keeps, and that is gone with it. */
export function keptByTab<T>(key: string, schema: z.ZodType<T>, initial: T): StoredValue<T> {
  return createStoredValue({ key, schema, initial, store: () => globalThis.sessionStorage ?? null });
}

/** The value as it is now; `initial` in the page as it was built, which knows no browser. */
export function useStored<T>(value: StoredValue<T>, initial: T): T {
  return useSyncExternalStore(value.subscribe, value.get, () => initial);
}
