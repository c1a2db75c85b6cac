import { visibleLine } from '#domain/report/visible-text.ts';

/** Text that somebody else wrote: isolated in direction, invisible characters written out. */
export function Foreign({ text }: { text: string }) {
  return <bdi>{visibleLine(text)}</bdi>;
}
