import { describe, expect, it } from '@jest/globals';
import { banditRules } from './bandit-rules.ts';
import { decisionFor, ruleDecisions } from './rule-decisions.ts';

describe('what a person must decide', () => {
  it('is said for exactly the rules that no operator rewrites', () => {
    const withoutOperator = banditRules.filter(({ operator }) => operator === null).map(({ id }) => id);
    expect(Object.keys(ruleDecisions).toSorted()).toEqual(withoutOperator.toSorted());
  });

  it('is one sentence', () => {
    for (const sentence of Object.values(ruleDecisions)) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
  });

  it('is not said where an operator says why it declined', () => {
    expect(decisionFor('B608')).toBeUndefined();
  });
});
