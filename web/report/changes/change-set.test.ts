import { describe, expect, it } from '@jest/globals';
import { repairedReport } from '#domain/fixtures/repairs.ts';
import { securedReport } from '#domain/fixtures/reports.ts';
import { changesOf, selectChanges } from './change-set.ts';

describe('the changes of a report', () => {
  it('hold every edit once', () => {
    const ids = changesOf(securedReport).flatMap(({ edits }) => edits.map(({ id }) => id));

    expect(ids.toSorted()).toEqual(securedReport.edits.map(({ id }) => id).toSorted());
  });

  it('have each edit where its words are', () => {
    const query = changesOf(securedReport).find(({ edits }) =>
      edits.some(({ operator }) => operator === 'parameterize-query'),
    );

    expect(query?.change.newLines.join('')).toContain('(name,)');
  });

  it('find an edit of a later iteration by its finding', () => {
    const query = securedReport.original.findings.find(({ rule }) => rule === 'B608');
    const edits = securedReport.edits.map((edit) =>
      edit.operator === 'parameterize-query' ? { ...edit, id: `x:${query?.fingerprint}`, line: 1 } : edit,
    );

    const change = changesOf({ ...securedReport, edits }).find((each) =>
      each.edits.some(({ operator }) => operator === 'parameterize-query'),
    );

    expect(change?.change.oldLines.join('')).toContain('SELECT');
  });

  it('name what a model rewrote', () => {
    const named = changesOf(repairedReport).flatMap(({ repaired }) => repaired);

    expect(named).toHaveLength(repairedReport.repaired.length);
  });

  it('give the secured program where none is refused, and the original where all are', () => {
    const changes = changesOf(securedReport);
    const all = new Set(changes.keys());

    expect(selectChanges(securedReport, changes, new Set())).toEqual({
      code: securedReport.secured.code,
      edits: securedReport.edits.map(({ id }) => id),
    });
    expect(selectChanges(securedReport, changes, all)).toEqual({
      code: securedReport.original.code,
      edits: [],
    });
  });

  it('lose the edit of a refused change, and only that', () => {
    const changes = changesOf(securedReport);
    const index = changes.findIndex(({ edits }) => edits.some(({ operator }) => operator === 'safe-loader'));

    const { code, edits } = selectChanges(securedReport, changes, new Set([index]));

    expect(code).toContain('yaml.load(');
    expect(code).not.toContain('yaml.safe_load(');
    expect(edits).toHaveLength(securedReport.edits.length - 1);
  });
});
