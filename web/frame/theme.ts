import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one color of the page's own: a calm green, dark enough for white text from step 6 on. */
const pine: MantineColorsTuple = [
  '#eef7f3',
  '#dcece5',
  '#b5d9ca',
  '#8bc4ad',
  '#68b395',
  '#4fa483',
  '#2f7d61',
  '#23694f',
  '#1a5540',
  '#0f4130',
];

export const theme = createTheme({
  colors: { pine },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  fontFamily: 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.6rem' }, h2: { fontSize: '1.2rem' }, h3: { fontSize: '1rem' } },
  },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  // A link in a text is told by more than its color.
  components: { Anchor: { defaultProps: { underline: 'always' } } },
});

/** Mantine's own dimmed and placeholder texts do not reach the contrast of WCAG AA; these do. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfcfb',
    '--mantine-color-dimmed': '#4d5953',
    '--mantine-color-placeholder': '#5d6963',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--mantine-color-body': '#161a18',
    '--mantine-color-dimmed': '#a9b5af',
    '--mantine-color-placeholder': '#a3afa9',
    '--mantine-color-error': '#ff9d94',
  },
});
