import { fileURLToPath } from 'node:url';

/** The checkout's root, from which the registries give their paths. */
export const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
