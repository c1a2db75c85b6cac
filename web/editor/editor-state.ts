import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { visibleText } from '#domain/report/visible-text.ts';
import { editorTheme, highlighting } from './editor-theme.ts';

type EditorOptions = {
  code: string;
  label: string;
  onChange: (code: string) => void;
};

/** What a Python editor needs, and no more; Tab leaves it, so that the keyboard is not caught. */
export function editorState({ code, label, onChange }: EditorOptions): EditorState {
  return EditorState.create({
    doc: code,
    extensions: [
      ...pythonView(label),
      history(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      lintGutter(),
      placeholder('Paste Python code, or drop a file here.'),
      // The page runs the program at this key; the editor would put in a blank line.
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => true }])),
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
}

/** CodeMirror's own list lacks tags, fillers and joiners that a program can hide something with. */
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function visibleCharacter(code: number): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'cm-specialChar';
  mark.textContent = visibleText(String.fromCodePoint(code));
  return mark;
}

/** How Python is shown, whether it can be changed or not. Characters that hide themselves are made visible. */
export function pythonView(label: string): Extension[] {
  return [
    lineNumbers(),
    highlightSpecialChars({ addSpecialChars: INVISIBLE, render: visibleCharacter }),
    drawSelection(),
    EditorView.lineWrapping,
    python(),
    indentUnit.of('    '),
    syntaxHighlighting(highlighting),
    editorTheme,
    EditorView.contentAttributes.of({ 'aria-label': label }),
  ];
}
