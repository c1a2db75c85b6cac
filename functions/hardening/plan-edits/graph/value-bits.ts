import type { SanitizerKind } from './taint-table.ts';

/** What a value may be made of, as bits. None of the first three: it is constant. */
export const PARAMETER = 1;
export const SOURCE = 2;
export const UNKNOWN = 4;
export const VARIES = PARAMETER | SOURCE | UNKNOWN;
/** What the value is: text, and what it says; put together of parts; a path; several values. */
export const TEXT = 8;
export const SQL = 16;
export const HTML = 32;
export const COMMAND = 64;
export const FORMATTED = 128;
export const JOINED_PATH = 256;
export const LIST = 512;
/** Some part of it was cleaned for this use; others may not have been. */
export const CLEAN: Readonly<Record<SanitizerKind, number>> = {
  html: 1024,
  command: 2048,
  path: 4096,
  number: 8192,
  other: 16_384,
};
/** Something in it varies that nothing has made fit for this use. */
export const RAW = { html: 1 << 15, command: 1 << 16, path: 1 << 17, other: 1 << 18 } as const;
export const ALL_RAW = RAW.html | RAW.command | RAW.path | RAW.other;
/** Text with a slash and no space; text with quotes around a placeholder. */
export const PATH_TEXT = 1 << 19;
export const QUOTED = 1 << 20;
/** What a text says. */
export const SAID = SQL | HTML | COMMAND | PATH_TEXT | QUOTED;
/** What goes along when a value becomes part of another. */
export const CARRIED = VARIES | ALL_RAW | 1024 | 2048 | 4096 | 8192 | 16_384;
/** What a sanitizer takes away. */
export const FITS: Readonly<Record<SanitizerKind, number>> = { ...RAW, number: ALL_RAW };
