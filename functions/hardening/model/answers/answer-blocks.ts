/** A stretch of an answer: a fenced block, or what stands between such blocks. */
export type AnswerBlock = {
  kind: 'fenced' | 'prose';
  /** For a fenced block what stands behind the opening marks, in lower case. */
  info: string;
  text: string;
  /** Whether the marks that end a fenced block are there. */
  closed: boolean;
};

const OPENING = /^([ \t]*)(?:[-*>][ \t]+)?(`{3,}|~{3,})[ \t]*([^`]*)$/;

/**
 * Splits an answer as CommonMark does (https://spec.commonmark.org/0.31.2/#fenced-code-blocks), but for fences that
 * are indented at will. What is in a block loses the indentation that its opening has.
 */
export function answerBlocks(answer: string): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  let lines: string[] = [];
  let open: { indent: number; marks: string; info: string } | null = null;

  function end(closed: boolean): void {
    const kind = open === null ? 'prose' : 'fenced';
    const { indent, info } = open ?? { indent: 0, info: '' };
    const text = lines
      .map((line) => line.slice(Math.min(indent, /^[ \t]*/.exec(line)?.[0].length ?? 0)))
      .join('\n');
    if (kind === 'fenced' || text.trim() !== '') blocks.push({ kind, info, text, closed });
    lines = [];
  }

  for (const line of answer.split('\n')) {
    const opening: RegExpExecArray | null = open === null ? OPENING.exec(line) : null;
    if (opening) {
      end(true);
      open = {
        indent: opening[1]?.length ?? 0,
        marks: opening[2] ?? '',
        info: (opening[3] ?? '').trim().toLowerCase(),
      };
    } else if (open !== null && ends(line, open.marks)) {
      end(true);
      open = null;
    } else {
      lines.push(line);
    }
  }
  end(open === null);
  return blocks;
}

function ends(line: string, marks: string): boolean {
  const text = line.trim();
  return text.length >= marks.length && [...text].every((character) => character === marks[0]);
}
