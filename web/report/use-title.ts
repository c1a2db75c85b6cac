'use client';

import { useEffect } from 'react';

/**
 * Keeps the page's title. The frame writes the screen's own title when it pleases, which may be after this page is
 * drawn.
 */
export function useTitle(title: string): void {
  // A title is read back with its spaces collapsed: compared as it was given, it might never be equal.
  const wanted = title.replace(/[\t\n\f\r ]+/g, ' ').trim();
  useEffect(() => {
    const apply = () => {
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const watch = new MutationObserver(apply);
    watch.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [wanted]);
}
