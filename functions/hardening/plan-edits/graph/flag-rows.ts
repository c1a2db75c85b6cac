import { FLAG_INDEX, FLAGS, type FlagName } from './flag-names.ts';

/** The flags of all nodes, one row of zeros and ones for each. */
export type FlagRows = {
  rows: Uint8Array;
  set: (node: { index: number }, flag: FlagName) => void;
  has: (node: { index: number }, flag: FlagName) => boolean;
};

export function flagRows(size: number): FlagRows {
  const rows = new Uint8Array(size * FLAGS.length);
  return {
    rows,
    set: ({ index }, flag) => {
      rows[index * FLAGS.length + FLAG_INDEX[flag]] = 1;
    },
    has: ({ index }, flag) => rows[index * FLAGS.length + FLAG_INDEX[flag]] === 1,
  };
}
