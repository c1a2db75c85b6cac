import type { ServedPage } from '../harness/served-page.ts';

/** What `start` leaves for `stop`. */
export const running: { page: ServedPage | null } = { page: null };
