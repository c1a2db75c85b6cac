import type { Proposal, RiskMap } from '#domain/risk.ts';

/** What the gGAN says of one program, and the edits that it would try, riskiest first; or why it says nothing. */
export type Assessment = { map: RiskMap; proposals: Proposal[] } | { unassessed: string };

/** The gGAN: a trained graph network that is asked for the risk of code. */
export type RiskModel = {
  /** Begins to open the network, so that who asks first waits less. Whether it can be opened is told by `assess`. */
  prepare(): void;
  /**
   * Assesses a program, broken code too. Code that no graph can be made of, such as some that is written to be
   * hard to read, is `unassessed`. Rejects with GganUnavailableError where the network itself cannot be used.
   */
  assess(code: string): Promise<Assessment>;
};
