import type { ReactNode } from 'react';
import classes from './scroll-region.module.css';

type ScrollRegionProps = { label: string; maxHeight?: string; children: ReactNode };

/** A region that scrolls by itself, and can be reached by keyboard for that. */
export function ScrollRegion({ label, maxHeight = '24rem', children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or no key scrolls it.
    <section aria-label={label} tabIndex={0} className={classes.region} style={{ maxHeight }}>
      {children}
    </section>
  );
}
