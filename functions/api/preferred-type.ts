/** Longer Accept headers are no browser's. */
const MAX_CHARACTERS = 2_000;

const RANGE = /^([\w!#$%&'*+.^`|~-]+)\/([\w!#$%&'*+.^`|~-]+)$/;
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

type Range = { type: string; subtype: string; quality: number };

/**
 * Which of the offered media types an Accept header prefers (RFC 9110, 12.5.1); the first of equals, null where
 * it takes none. No header, or one without a single media range, takes anything.
 */
export function preferredType<T extends string>(accept: string | undefined, offered: readonly T[]): T | null {
  const ranges = parseAccept(accept);
  const qualityOf = (type: T) => (ranges.length === 0 ? 1 : qualityIn(ranges, type));
  const best = [...offered].sort((a, b) => qualityOf(b) - qualityOf(a))[0];
  return best !== undefined && qualityOf(best) > 0 ? best : null;
}

function parseAccept(accept = ''): Range[] {
  return accept
    .slice(0, MAX_CHARACTERS)
    .toLowerCase()
    .split(',')
    .flatMap((text) => {
      const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
      const [, type, subtype] = RANGE.exec(name) ?? [];
      if (type === undefined || subtype === undefined) return [];
      const quality = parameters
        .map((parameter) => QUALITY.exec(parameter)?.[1])
        .find((q) => q !== undefined);
      return [{ type, subtype, quality: Number(quality ?? 1) }];
    });
}

/** The quality that the most specific matching range gives. */
function qualityIn(ranges: readonly Range[], mediaType: string): number {
  const [type = '', subtype = ''] = mediaType.split('/');
  const candidates = [
    ranges.find((range) => range.type === type && range.subtype === subtype),
    ranges.find((range) => range.type === type && range.subtype === '*'),
    ranges.find((range) => range.type === '*' && range.subtype === '*'),
  ];
  return candidates.find((range) => range !== undefined)?.quality ?? 0;
}
