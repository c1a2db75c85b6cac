import classes from './report.module.css';

export type Tone = 'good' | 'partial' | 'bad' | 'quiet';

/** A label that says in words what its color says. */
export function Tag({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
