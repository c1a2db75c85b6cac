'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { DiffView } from '../report-address.ts';
import classes from './changes.module.css';
import { type MergeEditors, openMergeEditors } from './merge-editors.ts';

export type MergeViewProps = {
  original: string;
  code: string;
  view: DiffView;
  folds: boolean;
  /** A line of the changed program to bring into view; a new object each time. */
  jump: { line: number } | null;
};

/** What changed, in CodeMirror. */
export function MergeView({ original, code, view, folds, jump }: MergeViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const editors = useRef<MergeEditors>(null);
  const open = useEffectEvent((parent: HTMLElement) =>
    openMergeEditors({ parent, original, code, view, folds }),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is another set of editors
  useEffect(() => {
    if (!place.current) return;
    const opened = open(place.current);
    editors.current = opened;
    return () => {
      opened.destroy();
      editors.current = null;
    };
  }, [original, view, folds]);

  useEffect(() => editors.current?.update(code), [code]);

  useEffect(() => {
    if (jump !== null) editors.current?.jump(jump.line);
  }, [jump]);

  return <div ref={place} className={classes.merge} data-view={view} />;
}
