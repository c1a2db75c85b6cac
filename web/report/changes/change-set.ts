import type { AppliedEdit } from '#domain/edit-plan.ts';
import type { RepairedPart } from '#domain/repair.ts';
import type { Report } from '#domain/report.ts';
import { type LineChange, lineChanges, withChanges } from './line-changes.ts';

/** One change of the code with what asked for it. */
export type Change = {
  change: LineChange;
  /** The edits that were made there. Empty where another change needs this one, as a new import. */
  edits: AppliedEdit[];
  /** Pieces of code there that a model rewrote. */
  repaired: RepairedPart[];
};

/** The changes from the original to the secured program, in order, each with its edits. */
export function changesOf(report: Report): Change[] {
  const { original, secured, edits, repaired } = report;
  const changes = lineChanges(original.code, secured.code);
  const placeOf = placeFinder(report);
  return changes.map((change) => ({
    change,
    edits: edits.filter((edit) => nearest(changes, placeOf(edit)) === change),
    repaired: repaired.filter(({ line }) => nearest(changes, { first: line, last: line }) === change),
  }));
}

type Lines = { first: number; last: number };

/** Where an edit was made in the original: where the finding is that it is for, else where it says. */
function placeFinder({ original }: Report): (edit: AppliedEdit) => Lines {
  const byFingerprint = new Map(original.findings.map((finding) => [finding.fingerprint, finding]));
  return ({ id, line }) => {
    const finding = id.split(':').flatMap((part) => byFingerprint.get(part) ?? [])[0];
    return finding ? { first: finding.line, last: finding.endLine } : { first: line, last: line };
  };
}

function nearest(changes: readonly LineChange[], place: Lines): LineChange | undefined {
  const distances = changes.map((change) => distanceOf(change, place));
  return changes[distances.indexOf(Math.min(...distances))];
}

/** Lines between a change and a place in the original; 0 where they touch. */
function distanceOf({ oldStart, oldLines }: LineChange, { first, last }: Lines): number {
  const from = oldStart + 1;
  const to = oldStart + Math.max(oldLines.length, 1);
  return Math.max(0, from - last, first - to);
}

/** What is left of the secured program where some changes are refused. */
export type Selection = {
  code: string;
  /** Ids of the edits of which at least one change is kept, and of those that no change is known of. */
  edits: string[];
};

/** The program and its edits without the changes whose numbers are given. */
export function selectChanges(
  report: Report,
  changes: readonly Change[],
  refused: ReadonlySet<number>,
): Selection {
  const lost = new Set(
    changes.flatMap(({ edits }, index) => (refused.has(index) ? edits.map(({ id }) => id) : [])),
  );
  return {
    code: withChanges(
      report.original.code,
      changes.map(({ change }) => change),
      (index) => !refused.has(index),
    ),
    edits: report.edits.map(({ id }) => id).filter((id) => !lost.has(id)),
  };
}

/** The line, counted from 1, at which a change stands in the program without the refused ones. */
export function lineOfChange(
  changes: readonly Change[],
  number: number,
  refused: ReadonlySet<number>,
): number {
  let shift = 0;
  for (const [index, { change }] of changes.entries()) {
    if (index === number) return change.oldStart + shift + 1;
    if (!refused.has(index)) shift += change.newLines.length - change.oldLines.length;
  }
  return 1;
}
