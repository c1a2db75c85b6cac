import type { Proposal, RiskMap } from '#domain/risk.ts';

/** What the gGAN says of one program, and the edits that it would try, riskiest first; or why it says nothing. */
export type Assessment = { map: RiskMap; proposals: Proposal[] } | { unassessed: string };

/** The gGAN: a trained graph network that is asked for the risk of code. */
export type RiskModel = {
  /**
   * Assesses a program. Code that no graph can be made of is `unassessed`. Rejects with GganUnavailableError
   * where the network itself cannot be used.
   */
  assess(code: string): Promise<Assessment>;
};
