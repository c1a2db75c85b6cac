/**
 * What comes in on a stream until its end, or until more than `maxBytes` have come: then the rest is left, and what
 * is returned is longer than allowed.
 */
export async function readStream(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    length += bytes.length;
    if (length > maxBytes) break;
  }
  return Buffer.concat(pieces);
}
