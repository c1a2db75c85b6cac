'use client';

import { useEffect, useState } from 'react';
import type { Run } from '#domain/run.ts';

const TICK_MS = 500;

/** Milliseconds that a run has been at work, ticking until it is finished. */
export function useElapsed({ startedAt, createdAt, finishedAt }: Run): number {
  const [now, setNow] = useState(() => Date.now());
  const isOver = finishedAt !== null;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isOver]);
  const end = finishedAt === null ? now : Date.parse(finishedAt);
  return Math.max(0, end - Date.parse(startedAt ?? createdAt));
}
