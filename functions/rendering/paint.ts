import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colors a piece of text, or leaves it as it is where colors are off. */
export type Paint = (style: Style, text: string) => string;

/** `color` is the caller's decision: a terminal that wants colors. */
export function paintFor(color: boolean): Paint {
  // The stream is not consulted: what is rendered here may go anywhere.
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
