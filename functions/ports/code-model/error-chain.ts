/** An error and what caused it, outermost first. Errors of Node itself may be of another realm, so no `instanceof`. */
export function errorChain(error: unknown): object[] {
  const chain: object[] = [];
  for (let each = error; typeof each === 'object' && each !== null && chain.length < 10; ) {
    chain.push(each);
    each = 'cause' in each ? each.cause : null;
  }
  return chain;
}
