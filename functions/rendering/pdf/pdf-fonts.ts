import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Font } from '@react-pdf/renderer';

/** The families in the PDF: DejaVu, which covers Latin, Greek, Cyrillic, Hebrew, Arabic and the signs that we use. */
export const SANS = 'Sans';
export const MONO = 'Mono';

/** The files of the families, in the folder that they are loaded from. */
export const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf'] as const;

/** Whether a family can show a character. */
export type HasGlyph = (codePoint: number) => boolean;

/** Longer words are broken, since no line takes them. */
const LONGEST_WORD = 36;

/** Which characters each family can show. */
export type Glyphs = { sans: HasGlyph; mono: HasGlyph };

/** The library keeps fonts for the whole process: those of the folder that is named first. */
let loading: Promise<Glyphs> | null = null;

/**
 * Loads the fonts and returns which characters each family can show. Rejects where a file is not there. They are embedded,
 * so that the PDF is the same everywhere.
 */
export function loadFonts(folder = installedFonts()): Promise<Glyphs> {
  loading ??= loadFrom(folder);
  return loading;
}

async function loadFrom(folder: string): Promise<Glyphs> {
  const [regular = '', bold = '', mono = ''] = fontFiles.map((file) => join(folder, file));
  Font.register({ family: SANS, fonts: [{ src: regular }, { src: bold, fontWeight: 700 }] });
  Font.register({ family: MONO, src: mono });
  Font.registerHyphenationCallback(broken);
  const [sansGlyphs, monoGlyphs] = await Promise.all([SANS, MONO].map(glyphsOf));
  return { sans: sansGlyphs ?? nothing, mono: monoGlyphs ?? nothing };
}

function installedFonts(): string {
  return join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
}

async function glyphsOf(fontFamily: string): Promise<HasGlyph> {
  await Font.load({ fontFamily });
  const font = Font.getFont({ fontFamily })?.data;
  if (!font || !('hasGlyphForCodePoint' in font)) return nothing;
  return (codePoint) => font.hasGlyphForCodePoint(codePoint);
}

function nothing(): boolean {
  return false;
}

function broken(word: string | null): string[] {
  return word === null ? [] : (word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gsu')) ?? []);
}
