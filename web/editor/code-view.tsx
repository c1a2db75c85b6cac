'use client';

import { setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { type CSSProperties, useEffect, useEffectEvent, useRef } from 'react';
import type { ReportedFinding } from '#domain/report.ts';
import classes from './code-view.module.css';
import { diagnosticsOf } from './diagnostics.ts';
import { editorState } from './editor-state.ts';

export type CodeViewProps = {
  value: string;
  /** What assistive technology calls it. */
  label: string;
  onChange: (code: string) => void;
  findings?: readonly ReportedFinding[];
  minHeight?: string;
};

/** CodeMirror with what analyzers find in its gutter. */
export function CodeView({ value, label, onChange, findings = [], minHeight = '20rem' }: CodeViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useEffectEvent(onChange);
  const firstState = useEffectEvent(() =>
    editorState({ code: value, label, onChange: (code) => changed(code) }),
  );

  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({ state: firstState(), parent: place.current });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, findings)));
  }, [findings]);

  const style: CSSProperties & Record<'--editor-min-height', string> = { '--editor-min-height': minHeight };
  return <div ref={place} className={classes.editor} style={style} />;
}
