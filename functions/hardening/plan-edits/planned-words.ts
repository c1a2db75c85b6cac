/** What analysis found, for whoever watches the run. */
export function countedWords(open: number): string {
  return `${open === 0 ? 'no' : open} counted ${open === 1 ? 'finding' : 'findings'}`;
}

/** What is to be done next, for whoever watches the run. */
export function plannedWords(edits: number, targets: number): string {
  if (edits > 0) return `${edits} ${edits === 1 ? 'edit' : 'edits'} to try`;
  if (targets > 0) return `${targets} ${targets === 1 ? 'place' : 'places'} for a model to repair`;
  return 'nothing more to try';
}
