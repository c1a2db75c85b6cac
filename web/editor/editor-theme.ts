import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colors follow the page's scheme by themselves; each reaches WCAG AA on the editor's background. */
export const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'light-dark(#7a3e9d, #d7a6f2)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'light-dark(#23694f, #8bd0ae)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'light-dark(#9a4a00, #f0b27a)' },
  { tag: tags.comment, color: 'light-dark(#5d6963, #9aa59f)', fontStyle: 'italic' },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    color: 'light-dark(#1b5b92, #93c7f3)',
  },
  { tag: tags.meta, color: 'light-dark(#8a3b12, #f0b27a)' },
]);

export const editorTheme = EditorView.theme({
  '&': { fontSize: '13px', color: 'var(--mantine-color-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-content, .cm-gutter': { minHeight: 'var(--editor-min-height, 4rem)' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    color: 'var(--mantine-color-dimmed)',
    backgroundColor: 'transparent',
    borderRight: '1px solid var(--mantine-color-default-border)',
  },
  '.cm-activeLine': { backgroundColor: 'light-dark(rgba(35, 105, 79, 0.06), rgba(255, 255, 255, 0.05))' },
  '.cm-placeholder': { color: 'var(--mantine-color-dimmed)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'light-dark(#cfe6dc, #2d4a3e)',
  },
  '.cm-tooltip': {
    color: 'var(--mantine-color-text)',
    backgroundColor: 'var(--mantine-color-body)',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-sm)',
  },
  '.cm-diagnosticSource': { opacity: '1', color: 'var(--mantine-color-dimmed)' },
});
