'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { type ReportPlace, readPlace, withPlace } from './report-address.ts';

/** The place in the report that the address names, and how to go to another; the fragment stays as it is. */
export function usePlace(): [ReportPlace, (place: Partial<ReportPlace>) => void] {
  const search = useSearchParams();
  const go = useCallback((place: Partial<ReportPlace>) => {
    const { pathname, hash } = window.location;
    // What is in the address now, not what was drawn last: two keys may come in one frame.
    const next = withPlace(new URLSearchParams(window.location.search), place).toString();
    window.history.replaceState(null, '', `${pathname}${next === '' ? '' : `?${next}`}${hash}`);
  }, []);
  return [readPlace(search), go];
}
