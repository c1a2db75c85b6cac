import { visibleText } from '#domain/report/visible-text.ts';
import classes from './report.module.css';

type CodeExcerptProps = {
  /** Number of the first line. */
  line: number;
  text: string;
};

/** A longer line is cut: an attacker's, or a machine's, would fill the page. */
const MOST_CHARACTERS = 400;

/** Some lines of a program with their numbers, to be read and copied, not edited. */
export function CodeExcerpt({ line, text }: CodeExcerptProps) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return (
    <pre className={classes.excerpt} dir="ltr">
      {lines.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its number
        <span key={index} className={classes.excerptLine}>
          <span className={classes.lineNumber}>{line + index}</span>
          <code>{shownLine(each)}</code>
        </span>
      ))}
    </pre>
  );
}

/** A line of code made visible, cut where it is very long. */
export function shownLine(text: string): string {
  // Cut before it is taken apart, as a line may be as long as a file.
  const characters = [...text.slice(0, 2 * MOST_CHARACTERS)];
  if (text.length <= MOST_CHARACTERS) return visibleText(text);
  const cut = characters.slice(0, MOST_CHARACTERS).join('');
  return `${visibleText(cut)}… (${(text.length - cut.length).toLocaleString('en-US')} more)`;
}
