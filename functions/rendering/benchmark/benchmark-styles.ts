import { styles } from '../html-styles.ts';
import { chartColors } from './arm-colors.ts';

/** The style sheet of a benchmark's page: that of every report, and what charts and figures need. */
export const benchmarkStyles = `${styles}
:root { ${chartColors.light} }
@media (prefers-color-scheme: dark) { :root { ${chartColors.dark} } }
@media print { :root { ${chartColors.light} } }
.chart { margin: 0 0 1.25rem; } .chart figcaption { color: var(--soft); font-size: .92rem; margin-bottom: .6rem; } .chart figcaption strong { display: block; color: var(--text); font-size: 1rem; }
.chart svg { display: block; width: 100%; min-width: 40rem; max-width: 62rem; height: auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow: visible; }
section.tables { max-width: 100%; } section h3 { margin: 1.25rem 0 .4rem; } section > .note { color: var(--soft); font-size: .92rem; }
td.figure { white-space: nowrap; } td.figure small { display: block; color: var(--soft); font-size: .8rem; }
tbody th { white-space: nowrap; }
.about { margin-bottom: 1rem; } .about dd { overflow-wrap: anywhere; }
`;
