import { setCallFlags } from './call-flags.ts';
import type { Evaluated } from './evaluated.ts';
import { flagRows } from './flag-rows.ts';
import { setTextFlags, setValueFlags } from './literal-flags.ts';
import { setPlaceFlags } from './place-flags.ts';
import { setReachFlags } from './reach-flags.ts';

/** Sets all flags of all nodes: a row of zeros and ones for each, in the order of `FLAGS`. */
export function flagsOf(evaluated: Evaluated): Uint8Array {
  const flags = flagRows(evaluated.tree.nodes.length);
  for (const node of evaluated.tree.nodes) {
    setTextFlags(flags, node);
    setValueFlags(flags, evaluated, node);
    setCallFlags(flags, evaluated, node);
  }
  setPlaceFlags(flags, evaluated.tree);
  setReachFlags(flags, evaluated);
  return flags.rows;
}
