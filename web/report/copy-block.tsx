'use client';

import { Button, CopyButton } from '@mantine/core';
import { visibleText } from '#domain/report/visible-text.ts';
import classes from './copy-block.module.css';
import reportClasses from './report.module.css';

/** A text to be copied as it is; shown with everything in it visible. */
export function CopyBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.copy}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <section className={classes.text} tabIndex={0} aria-label={label}>
        <pre className={reportClasses.excerpt} dir="ltr">
          <code>{visibleText(text)}</code>
        </pre>
      </section>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="default"
            onClick={copy}
            aria-label={`Copy ${label}`}
            className={classes.copyButton}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
