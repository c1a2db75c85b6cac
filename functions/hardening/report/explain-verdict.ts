import { doesCompile } from '#domain/acceptance.ts';
import { stoppedBy } from '#domain/loop-state.ts';
import type { FindingCounts } from '#domain/report.ts';
import type { Verdict } from '#domain/verdict.ts';
import { atGgansWord } from '../leading-edits.ts';
import type { RunMaterial } from './run-material.ts';

type Facts = {
  findings: FindingCounts;
  failure: { step: string; message: string } | null;
  /** Planned edits that did not make it into the result. */
  declined: number;
};

/** One sentence that says why the run ended with this verdict. */
export function explainVerdict(verdict: Verdict, material: RunMaterial, facts: Facts): string {
  const { findings } = facts;
  switch (verdict) {
    case 'already-secure':
      return 'No counted finding, so nothing was changed.';
    case 'secured':
      return `${fixed(findings)}, none introduced, ${mended(material)}${hardened(material)}and every gate that ran passed.`;
    case 'hardened':
      return `${fixed(findings)}; ${mended(material)}${hardened(material)}and every gate that ran passed.`;
    case 'improved':
      return `${fixed(findings)}; ${hardened(material)}${whatIsLeft(material, facts)}.`;
    case 'unchanged':
      return `${count(findings.remaining, 'counted finding')} left as found: ${whatIsLeft(material, facts)}.`;
    case 'failed':
      return whyFailed(material, facts);
  }
}

function fixed({ fixed: done, before }: FindingCounts): string {
  return before === 0
    ? 'There was no counted finding'
    : `${done} of ${count(before, 'counted finding')} fixed`;
}

/** Names what a run did for code that did not compile, where it does now. */
function mended({ original, best }: RunMaterial): string {
  const isMended = !doesCompile(original.analyses) && doesCompile(best.analyses);
  return isMended ? 'the program compiles now, which it did not before, ' : '';
}

/** Counts what was changed though no analyzer counts it. */
function hardened({ accepted }: RunMaterial): string {
  const places = atGgansWord(accepted);
  const were = places === 1 ? 'was' : 'were';
  return places === 0 ? '' : `${count(places, 'place')} ${were} hardened at the word of the graph network, `;
}

function whatIsLeft(material: RunMaterial, { findings, failure, declined }: Facts): string {
  const { document, best } = material;
  if (failure) return `the step ${failure.step} then failed: ${failure.message}`;
  const stopped = stoppedBy(document);
  if (stopped === 'cancelled') return 'the run was cancelled';
  if (stopped === 'out-of-time') return 'the run used up its time';
  const compileError = best.analyses.find((analysis) => analysis.compileError)?.compileError;
  if (findings.after === 0 && compileError)
    return `the program did not compile before and still does not: ${compileError.message.replace(/\.$/, '')}`;
  const tried = whatModelsTried(material);
  if (tried !== null) return `${count(findings.after, 'finding')} left, ${tried}`;
  if (declined > 0)
    return `${count(findings.after, 'finding')} left for a person to decide, ${count(declined, 'edit')} declined`;
  return `no operator covers what is left, ${count(findings.after, 'finding')}`;
}

/** What came of the last time that a model was asked; null where none was. */
function whatModelsTried({ history }: RunMaterial): string | null {
  const attempts = history.attempts.filter(({ by }) => by === 'model');
  const last = attempts.at(-1);
  if (!last) return null;
  const [reason] = last.reasons;
  const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
  if (last.outcome === 'no-change') return `and the model gave no answer that could be used${why}`;
  if (last.outcome === 'rejected') return `and what the model answered was not accepted${why}`;
  return `after ${count(attempts.length, 'answer')} of the model`;
}

function whyFailed({ original }: RunMaterial, { failure }: Facts): string {
  if (failure) return `The step ${failure.step} failed: ${failure.message}`;
  const reasons = original.analyses.map(
    (analysis) => `${analysis.analyzer}: ${analysis.reason ?? 'no reason'}`,
  );
  return `No analyzer could read the code, so nothing is known of its security. ${reasons.join('; ')}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
