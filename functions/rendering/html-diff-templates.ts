/**
 * The templates of the diff library: its own bring collapsing file headers, icons and a layout of absolute positions.
 * With `hasRisk` every line has a first cell for its risk, which holds `#` and the line's number on its side.
 */
export function diffTemplates(hasRisk: boolean) {
  const mark = (number: string) => (hasRisk ? `<td class="risk">#${number}</td>` : '');
  const head = hasRisk ? '<th scope="col">Risk</th>' : '';
  const shared = { 'generic-wrapper': '{{{content}}}', 'generic-file-path': '', 'generic-empty-diff': '' };
  const side = (caption: string, lines: string, ownHead: string) =>
    `${sideStart(caption)}<table class="diff"><caption class="sr">${caption}</caption><thead class="sr"><tr>${ownHead}<th scope="col">Line</th><th scope="col">Code</th></tr></thead><tbody>{{{diffs.${lines}}}}</tbody></table></div>`;
  return {
    unified: {
      ...shared,
      'line-by-line-file-diff': `<table class="diff"><caption class="sr">Unified diff</caption><thead class="sr"><tr>${head}<th scope="col">Line before</th><th scope="col">Line after</th><th scope="col">Code</th></tr></thead><tbody>{{{diffs}}}</tbody></table>`,
      'line-by-line-numbers': `${mark('{{oldNumber}}')}<td class="num">{{oldNumber}}</td><td class="num">{{newNumber}}</td>`,
      'generic-block-header': `<tr class="hunk">${mark('')}<td class="num" colspan="2"></td><td>{{{blockHeader}}}</td></tr>`,
      'generic-line':
        '<tr class="{{type}}">{{{lineNumber}}}<td class="code"><span class="sign">{{{prefix}}}</span>{{{content}}}</td></tr>',
    },
    split: {
      ...shared,
      'side-by-side-file-diff': `<div class="sides">${side('Before', 'left', head)}${side('After', 'right', '')}</div>`,
      'generic-block-header': `<tr class="hunk">${mark('')}<td class="num"></td><td>{{#blockHeader}}{{{blockHeader}}}{{/blockHeader}}{{^blockHeader}}&nbsp;{{/blockHeader}}</td></tr>`,
      'generic-line': `<tr class="{{type}}">${mark('{{{lineNumber}}}')}<td class="num">{{{lineNumber}}}</td><td class="code"><span class="sign">{{{prefix}}}</span>{{{content}}}</td></tr>`,
    },
  };
}

/** How a side of the split diff starts. */
export function sideStart(caption: string): string {
  return `<div class="side" tabindex="0" role="region" aria-label="${caption}">`;
}

/** The cells for risk. Code cannot hold one, as its `<` is escaped. */
export const RISK_CELL = /<td class="risk">#(\d*)<\/td>/g;
