import { z } from 'zod';

/** The tabs of a report, in the order in which they are shown. */
export const tabs = ['findings', 'changes', 'charts', 'explain', 'cost', 'provenance'] as const;
export type Tab = (typeof tabs)[number];

/** How the changes are shown; null lets the width of the window decide. */
export type DiffView = 'split' | 'unified';

/** What of the page is in its address, so that a link shows what its sender saw. */
export type ReportPlace = { tab: Tab; finding: string | null; view: DiffView | null };

const PlaceSchema = z.object({
  tab: z.enum(tabs).catch('findings'),
  finding: z
    .string()
    .regex(/^[a-z]+-[0-9a-f]{16}-\d{1,4}$/)
    .nullable()
    .catch(null),
  view: z.enum(['split', 'unified']).nullable().catch(null),
});

/** The place that a query string names; what it does not know, it takes as not said. */
export function readPlace(search: URLSearchParams): ReportPlace {
  return PlaceSchema.parse({
    tab: search.get('tab'),
    finding: search.get('finding'),
    view: search.get('view'),
  });
}

/** The query string with another place in it; everything else in it stays. */
export function withPlace(search: URLSearchParams, place: Partial<ReportPlace>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(place)) {
    if (value === null || (name === 'tab' && value === 'findings')) next.delete(name);
    else if (value !== undefined) next.set(name, value);
  }
  return next;
}
