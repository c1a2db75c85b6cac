'use client';

import { useEffect, useEffectEvent } from 'react';

/** What a key does; the keys are as KeyboardEvent names them. */
export type ReportKeys = Record<string, () => void>;

/** Calls what belongs to a key, wherever the focus is but in a field, a menu or a dialog. */
export function useReportKeys(keys: ReportKeys, isActive: boolean): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const action = keys[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    event.preventDefault();
    action();
  });

  useEffect(() => {
    if (!isActive) return;
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isActive]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="menu"], [role="dialog"]') !== null
  );
}
