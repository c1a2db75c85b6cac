import type { Arm } from '#domain/benchmark-record.ts';

/**
 * Colors that people with any kind of color vision tell apart, after M. Okabe and K. Ito, darkened or lightened
 * to a contrast of 3:1 with the card. Every bar and point has its arm's name beside it as well.
 */
const LIGHT = ['#0072b2', '#c65200', '#00795a', '#a8437f', '#6f6200', '#5b4bc4', '#7a3e1d'];
const DARK = ['#56b4e9', '#f0883e', '#2fbf95', '#e59ac4', '#d9c34a', '#a99bff', '#d19a77'];

/** The variables that charts name their colors by. */
export const chartColors = { light: variables(LIGHT, '#6b7684'), dark: variables(DARK, '#98a4b1') };

/** The color of each arm by its name: grey for the untouched input, the others in their order. */
export function colorsOf(arms: readonly Arm[]): ReadonlyMap<string, string> {
  const others = arms.filter(({ kind }) => kind !== 'untouched').map(({ name }) => name);
  return new Map(
    arms.map(({ name, kind }) => [
      name,
      kind === 'untouched' ? 'var(--arm-none)' : `var(--arm-${others.indexOf(name) % LIGHT.length})`,
    ]),
  );
}

function variables(colors: readonly string[], none: string): string {
  return [...colors.map((color, place) => `--arm-${place}: ${color};`), `--arm-none: ${none};`].join(' ');
}
