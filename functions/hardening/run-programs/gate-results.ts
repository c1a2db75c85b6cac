import type { GateResult, Light } from '#domain/gates.ts';

/** What a gate checked and cannot tell, in one sentence each. */
export type GateTexts = Pick<GateResult, 'checked' | 'notChecked'>;

/** A gate's answer with its evidence, which has no lines: it is about what programs do. */
export function programGate(light: Light, messages: readonly string[], texts: GateTexts): GateResult {
  return { light, evidence: messages.map((message) => ({ message, line: null })), ...texts };
}

/** The answer of a gate that nothing was asked of, and why. */
export function notRunGate(why: string): GateResult {
  return { light: 'not-run', evidence: [], checked: 'Nothing.', notChecked: why };
}
