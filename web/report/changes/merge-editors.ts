import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine } from '@codemirror/view';
import { visibleText } from '#domain/report/visible-text.ts';
import { pythonView } from '../../editor/editor-state.ts';
import type { DiffView } from '../report-address.ts';
import { mergeTheme } from './merge-theme.ts';

/** Editors that show what changed; nothing can be typed into them. */
export type MergeEditors = {
  /** Replaces the changed program by another version of it. */
  update(code: string): void;
  /** Brings a line of the changed program, counted from 1, into view. */
  jump(line: number): void;
  destroy(): void;
};

type MergeOptions = {
  parent: HTMLElement;
  original: string;
  code: string;
  view: DiffView;
  /** Whether long stretches without a change are folded away. */
  folds: boolean;
};

/** Beyond this many characters that differ in one place, the comparison is coarse: it takes the square of them. */
const SCAN_LIMIT = 500;
const MAX_DIFF_MS = 200;

/** Draws the two programs side by side, or what changed of the one within the other. */
export function openMergeEditors({ parent, original, code, view, folds }: MergeOptions): MergeEditors {
  const shared = {
    gutter: true,
    highlightChanges: true,
    diffConfig: { scanLimit: SCAN_LIMIT, timeout: MAX_DIFF_MS },
    ...(folds ? { collapseUnchanged: { margin: 3, minSize: 6 } } : {}),
  };
  const before = shownCode(original);
  const after = shownCode(code);
  if (view === 'unified') {
    const state = EditorState.create({
      doc: after,
      extensions: [
        ...readOnly('The changed program, with what was there before each change'),
        unifiedMergeView({ ...shared, original: before, mergeControls: false }),
      ],
    });
    const editor = new EditorView({ parent, state });
    return controls(editor, () => editor.destroy());
  }
  const merge = new MergeView({
    ...shared,
    parent,
    a: { doc: before, extensions: readOnly('The original program') },
    b: { doc: after, extensions: readOnly('The changed program') },
  });
  return controls(merge.b, () => merge.destroy());
}

/**
 * Code as every rendering shows it. The editors are given what is written out, not the code itself: they draw
 * what was deleted without marking what hides in it.
 */
function shownCode(code: string): string {
  return visibleText(code.replaceAll('\r\n', '\n'));
}

function readOnly(label: string): Extension[] {
  return [
    ...pythonView(label),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    // Without it the keyboard could not scroll.
    EditorView.contentAttributes.of({ tabindex: '0' }),
    highlightActiveLine(),
    mergeTheme,
  ];
}

function controls(editor: EditorView, destroy: () => void): MergeEditors {
  return {
    update: (code) =>
      editor.dispatch({ changes: differenceOf(editor.state.doc.toString(), shownCode(code)) }),
    jump: (line) => {
      const { doc } = editor.state;
      const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      editor.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
    },
    destroy,
  };
}

/** The one piece in which two texts differ: replacing all of it would lose the place that is looked at. */
function differenceOf(before: string, after: string): { from: number; to: number; insert: string } {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before.at(-1 - tail) === after.at(-1 - tail)
  ) {
    tail += 1;
  }
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}
