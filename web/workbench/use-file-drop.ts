'use client';

import { useEffect, useEffectEvent, useState } from 'react';

/** Takes in files that are dropped anywhere on the page; true while some are dragged over it. */
export function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const taken = useEffectEvent(onFiles);
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const left = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      // Before the editor sees it, which would paste the file at the pointer.
      event.preventDefault();
      event.stopPropagation();
      taken([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', over, true);
    window.addEventListener('dragleave', left, true);
    window.addEventListener('drop', dropped, true);
    return () => {
      window.removeEventListener('dragover', over, true);
      window.removeEventListener('dragleave', left, true);
      window.removeEventListener('drop', dropped, true);
    };
  }, []);
  return isOver;
}
