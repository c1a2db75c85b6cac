'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { type ReportPlace, readPlace, withPlace } from './report-address.ts';

/** The place that the address names at this moment: two keys may come before the page is drawn anew. */
export function currentPlace(): ReportPlace {
  return readPlace(new URLSearchParams(window.location.search));
}

/** The place in the report that the address names, and how to go to another; the fragment stays as it is. */
export function usePlace(): [ReportPlace, (place: Partial<ReportPlace>) => void] {
  const search = useSearchParams();
  const go = useCallback((place: Partial<ReportPlace>) => {
    const { pathname, hash } = window.location;
    const next = withPlace(new URLSearchParams(window.location.search), place).toString();
    window.history.replaceState(null, '', `${pathname}${next === '' ? '' : `?${next}`}${hash}`);
  }, []);
  return [readPlace(search), go];
}
