import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { newVisitor, openBrowser, type Visitor, type VisitorOptions } from './browser.ts';

export type Visits = {
  /** The server's address, without a slash at its end. */
  origin: string;
  /** A fresh browser of one more visitor; it is closed when the test ends. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
};

/** Visitors for the tests of a file. A test fails where a page of its visitors complained of anything. */
export function visits(): Visits {
  const { SGCODE_PAGE: origin = '' } = process.env;
  const opened: Visitor[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const complaints = opened.flatMap((visitor) => visitor.complaints);
    await Promise.all(opened.splice(0).map(({ context }) => context.close()));
    expect(complaints).toEqual([]);
  });
  return {
    origin,
    visitor: async (options) => {
      const visitor = await newVisitor(browser, origin, options);
      opened.push(visitor);
      return visitor;
    },
  };
}
