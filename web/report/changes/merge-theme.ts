import { EditorView } from '@codemirror/view';

const REMOVED = 'light-dark(#fdf0ee, #331c1a)';
const REMOVED_TEXT = 'light-dark(#fadad5, #4a2522)';
const ADDED = 'light-dark(#eef8f3, #152a21)';
const ADDED_TEXT = 'light-dark(#cfeadd, #1f4434)';

/** Tints of changed lines that keep every color of the code readable, in light and dark. */
export const mergeTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk, .cm-deletedLine': { backgroundColor: REMOVED },
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine, .cm-inlineChangedLine': { backgroundColor: ADDED },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': { background: REMOVED_TEXT },
  '&.cm-merge-b .cm-changedText': { background: ADDED_TEXT },
  '&.cm-merge-b .cm-deletedText': { background: REMOVED_TEXT },
  '.cm-deletedChunk': { paddingLeft: '0.4rem' },
  '.cm-deletedChunk .cm-deletedLine, .cm-deletedChunk del': { textDecoration: 'none' },
  '.cm-insertedLine, .cm-deletedLine, .cm-insertedLine del, .cm-deletedLine del': { textDecoration: 'none' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'light-dark(#b42318, #ff9d94)' },
  '&.cm-merge-b .cm-changedLineGutter, .cm-inlineChangedLineGutter': {
    background: 'light-dark(#2f7d61, #68b395)',
  },
  '.cm-collapsedLines': {
    background: 'var(--mantine-color-default-hover)',
    color: 'var(--mantine-color-dimmed)',
    padding: '0.15rem 0.6rem',
    fontFamily: 'var(--mantine-font-family)',
  },
  // The signs that come with it are in few fonts.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯"' },
});
