/** The screens that one can go to from everywhere, in order of importance. */
export const screens = [
  { href: '/', label: 'Workbench' },
  { href: '/history', label: 'History' },
  { href: '/compare', label: 'Compare' },
  { href: '/api', label: 'API' },
  { href: '/settings', label: 'Settings' },
] as const;

/** Whether a screen is the one shown at an address; a run and its report belong to History. */
export function isCurrent(href: string, pathname: string): boolean {
  const path = pathname.replace(/(?<=.)\/$/, '');
  if (href === '/history') return ['/history', '/runs', '/reports'].includes(path);
  return path === href;
}
