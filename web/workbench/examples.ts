/** Programs to try at once; each lies below /examples. */
export const examples = [
  { file: 'book_search.py', title: 'SQL injection', about: 'Queries built from what visitors type' },
  { file: 'nightly_backup.py', title: 'Shell commands', about: 'Commands that a file name can extend' },
  { file: 'settings_loader.py', title: 'Unsafe loading', about: 'YAML and pickle that can run code' },
  { file: 'file_index.py', title: 'Weak hash', about: 'MD5, and a temporary file with a race' },
  { file: 'weather_client.py', title: 'Secrets', about: 'A password in the source, TLS unchecked' },
] as const;

export type Example = (typeof examples)[number];

/** The example's code. Rejects where it cannot be had. */
export async function fetchExample({ file }: Example): Promise<string> {
  const response = await fetch(`/examples/${file}`);
  if (!response.ok) throw new Error('The example cannot be loaded.');
  return response.text();
}
