import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
] as const;

/** The Chromium of this machine, `named` first; null where there is none. */
export function findChromium(named?: string): string | null {
  return [...(named ? [named] : []), ...PLACES].find((file) => existsSync(file)) ?? null;
}

/** What to say where there is none. */
export const NO_CHROMIUM =
  'no Chromium is installed (Debian: apt-get install --no-install-recommends chromium; elsewhere name one with SGCODE_CHROMIUM)';
