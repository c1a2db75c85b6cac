'use client';

import { useState } from 'react';
import { type ReadFiles, readFiles } from './read-files.ts';
import type { Draft, Program } from './use-draft.ts';

/** Files that were uploaded or dropped: one goes into the editor, several become a batch. */
export function useFileInput(change: (part: Partial<Draft>) => void) {
  // Kept in memory alone: a browser's storage has no room for twenty programs.
  const [batch, setBatch] = useState<Program[]>([]);
  const [refused, setRefused] = useState<ReadFiles['refused']>([]);

  const take = (files: File[]) => {
    void readFiles(files).then((read) => {
      setRefused(read.refused);
      const [first, second] = read.programs;
      if (first === undefined) return;
      setBatch(second === undefined ? [] : read.programs);
      change(second === undefined ? { tab: 'code', code: first.code, path: first.path } : { tab: 'code' });
    });
  };
  const takeTests = (tests: Draft['tests'] | File) => {
    if (!(tests instanceof File)) return change({ tests });
    void readFiles([tests]).then(({ programs: [program], refused: unread }) => {
      setRefused(unread);
      if (program) change({ tests: { name: program.path, code: program.code } });
    });
  };
  return { batch, refused, take, takeTests, clear: () => setBatch([]) };
}
