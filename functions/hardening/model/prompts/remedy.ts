/** What a right fix must do, and a pattern of it: code with the weakness, and the same code without. */
export type Remedy = {
  /** One sentence, in the imperative. */
  requirement: string;
  pattern: readonly [before: string, after: string];
};
