// Runs before the first paint, so that a dark page does not flash white.
try {
  const chosen = localStorage.getItem('sgcode-color-scheme');
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
} catch {
  // Without storage the page keeps the light scheme until it has started.
}
