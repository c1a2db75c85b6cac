'use client';

import { Button } from '@mantine/core';

/** Lets the program be saved as a file; the name that its owner gave is not trusted with a place. */
export function SaveCode({ code, path }: { code: string; path: string }) {
  return (
    <Button size="xs" onClick={() => save(code, fileName(path))}>
      Save this version
    </Button>
  );
}

/** The last part of a path in plain characters: what a hostile one would do with the rest is left out. */
export function fileName(path: string): string {
  const name = (path.split(/[/\\]/).at(-1) ?? '').replace(/[^A-Za-z0-9_.-]/g, '_').replace(/^\.+/, '');
  return name === '' ? 'program.py' : name;
}

function save(code: string, name: string): void {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/x-python' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
