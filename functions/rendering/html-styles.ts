/** The page's only style sheet. Colors keep a contrast of 4.5:1 for text in both schemes. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --line: #d9dee5; --text: #1b2430; --soft: #515d6c; --link: #0b57b0;
  --good: #14663a; --good-back: #e4f4ea; --partial: #7a4d00; --partial-back: #fcf0d9;
  --bad: #a61b1b; --bad-back: #fce8e8; --none: #4d5866; --none-back: #eceff3;
  --ins: #e3f5e8; --ins-word: #a9dfb9; --del: #fdebea; --del-word: #f5b8b4; --hunk: #eaf0f8;
  --risk-1: #f3eefb; --risk-2: #e2d5f5; --risk-3: #cbb4ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11161c; --card: #192028; --line: #313b47; --text: #e4e9ef; --soft: #a6b1be; --link: #7db7ff;
    --good: #7ddba0; --good-back: #143021; --partial: #f2c46b; --partial-back: #372a10;
    --bad: #ff9d97; --bad-back: #3d1b1b; --none: #b3bdc9; --none-back: #262f39;
    --ins: #13301f; --ins-word: #21603a; --del: #3a1c1c; --del-word: #7a3030; --hunk: #1d2a3a;
    --risk-1: #231d31; --risk-2: #342650; --risk-3: #4c3579;
  }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; color: var(--soft); font-size: .9rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; }
header strong { color: var(--text); letter-spacing: .01em; }
footer { padding-top: 1rem; padding-bottom: 2.5rem; color: var(--soft); font-size: .85rem; }
h1 { font-size: 1.45rem; line-height: 1.3; margin: .75rem 0 1rem; font-weight: 650; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 .9rem; font-weight: 650; }
h3 { font-size: 1rem; margin: 0; font-weight: 650; }
p { margin: 0 0 .75rem; } p:last-child { margin-bottom: 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; background: var(--card); padding: .5rem .9rem; border-radius: 0 0 6px 6px; z-index: 1; }
.skip:focus { top: 0; }
section, .verdict { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; margin: 0 0 1rem; }
.verdict { border-left-width: 6px; }
.verdict .said { font-size: 1.15rem; line-height: 1.45; margin: 0 0 1rem; }
.verdict.good { border-left-color: var(--good); } .verdict.partial { border-left-color: var(--partial); } .verdict.bad { border-left-color: var(--bad); }
.good .mark { color: var(--good); } .partial .mark { color: var(--partial); } .bad .mark { color: var(--bad); }
.figures { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: 0; }
.figures dt { color: var(--soft); font-size: .85rem; } .figures dd { margin: 0; font-size: 1.25rem; font-weight: 650; font-variant-numeric: tabular-nums; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0 .25rem; margin: 0 0 1rem; font-size: .95rem; }
.lights { list-style: none; padding: 0; margin: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); }
.light { border: 1px solid var(--line); border-radius: 8px; padding: .85rem 1rem; font-size: .92rem; }
.light .top { display: flex; align-items: center; justify-content: space-between; gap: .5rem; margin-bottom: .25rem; }
.light dl { margin: .6rem 0 0; font-size: .86rem; } .light dt { color: var(--soft); } .light dd { margin: 0 0 .4rem; }
.light ul { margin: .5rem 0 0; padding-left: 1.1rem; }
.badge { display: inline-block; border-radius: 999px; padding: .05rem .6rem; font-size: .82rem; font-weight: 600; white-space: nowrap; }
.badge.pass, .badge.fixed { color: var(--good); background: var(--good-back); }
.badge.fail, .badge.high, .badge.introduced { color: var(--bad); background: var(--bad-back); }
.badge.medium, .badge.remaining { color: var(--partial); background: var(--partial-back); }
.badge.low, .badge.not-run, .badge.informational { color: var(--none); background: var(--none-back); }
.scroll { overflow-x: auto; margin: 0 0 1rem; } .scroll:last-child { margin-bottom: 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-top: 1px solid var(--line); overflow-wrap: normal; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; }
tbody th { font-weight: 600; } td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; }
td.text { overflow-wrap: anywhere; } .narrow table { max-width: 44rem; }
code, .diff { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86rem; }
dl.settings { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0; font-size: .92rem; }
dl.settings dt { color: var(--soft); } dl.settings dd { margin: 0; }
.prompt { white-space: pre-wrap; max-height: 20rem; overflow-y: auto; } .note { margin-top: .9rem; }
ul.plain { margin: 0; padding-left: 1.2rem; } ul.plain li + li { margin-top: .35rem; }
details > summary { cursor: pointer; color: var(--link); margin: .25rem 0; }
fieldset { border: 0; padding: 0; margin: 1.25rem 0 .75rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
legend { float: left; padding: 0 1rem 0 0; font-weight: 650; } fieldset label { margin-left: .35rem; } fieldset span { white-space: nowrap; }
.frame { border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
.split { display: none; } .changes:has(#view-split:checked) .split { display: block; } .changes:has(#view-split:checked) .unified { display: none; }
.sides { display: flex; } .side { flex: 1 1 50%; min-width: 0; overflow-x: auto; } .side + .side { border-left: 1px solid var(--line); }
.diff { line-height: 1.5; } .diff td { border: 0; padding: 0 .75rem 0 0; white-space: pre; tab-size: 4; unicode-bidi: isolate; }
.diff .num { width: 1%; min-width: 3rem; padding: 0 .6rem; text-align: right; color: var(--soft); user-select: none; }
.diff .sign { display: inline-block; width: 1.4em; user-select: none; }
.diff .hunk td { background: var(--hunk); color: var(--soft); }
.diff .d2h-ins td { background: var(--ins); } .diff .d2h-del td { background: var(--del); }
.diff ins { background: var(--ins-word); text-decoration: none; border-radius: 2px; } .diff del { background: var(--del-word); text-decoration: none; border-radius: 2px; }
td.risk { width: 1%; min-width: 4.2rem; text-align: right; user-select: none; font-variant-numeric: tabular-nums; color: var(--text); } .diff td.risk { padding: 0 .5rem; }
td.r1, span.r1, .risky .r1 td, .d2h-cntx:has(.r1) td { background: var(--risk-1); } td.r2, span.r2, .risky .r2 td, .d2h-cntx:has(.r2) td { background: var(--risk-2); } .diff td.r3, span.r3, .risky .r3 td, .d2h-cntx:has(.r3) td { background: var(--risk-3); }
td.r3, span.r3 { font-weight: 650; } .diff tr:has(td.r3) .num { color: var(--text); } .legend { color: var(--soft); font-size: .9rem; } .legend span { display: inline-block; color: var(--text); border: 1px solid var(--line); border-radius: 4px; padding: 0 .5rem; }
h3 + .flow { margin-top: .5rem; } .flow { margin: 0 0 1rem; } .flow p { margin: 0 0 .25rem; font-size: .92rem; } .flow ol { margin: 0; padding-left: 1.8rem; font-size: .92rem; } .flow small { color: var(--soft); }
.cut { border-top: 2px dashed var(--link); color: var(--link); margin: .3rem 0; font-size: .86rem; font-weight: 600; max-width: 30rem; }
.diff .d2h-emptyplaceholder td { background: var(--none-back); }
@media (max-width: 40rem) {
  main, header, footer { padding-left: .75rem; padding-right: .75rem; } section, .verdict { padding: 1rem .9rem; }
  dl.settings { grid-template-columns: 1fr; gap: 0; } dl.settings dd { margin-bottom: .5rem; }
  .stacked thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stacked table, .stacked caption, .stacked tbody { display: block; } .stacked tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .75rem; border-top: 1px solid var(--line); padding: .6rem 0; }
  .stacked td, .stacked th { border: 0; padding: 0; } .stacked td.text { flex-basis: 100%; } .stacked [data-label]::before { content: attr(data-label) " "; color: var(--soft); }
  .sides { flex-direction: column; } .side + .side { border-left: 0; border-top: 1px solid var(--line); }
}
@media print { body { background: #fff; } nav, fieldset, .skip { display: none; } section, .verdict { break-inside: avoid-page; } .diff td { white-space: pre-wrap; } }
`;
