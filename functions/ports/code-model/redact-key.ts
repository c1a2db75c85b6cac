/** A shorter key may be a word of any program, such as what is given to local servers in place of a key. */
const SHORTEST_SECRET = 16;

/** A text without the key, if one is in it: a server that gives the key back must not have it stored. */
export function withoutKey(text: string, apiKey: string | null): string {
  return apiKey !== null && apiKey.length >= SHORTEST_SECRET ? text.replaceAll(apiKey, '[key]') : text;
}
