'use client';

import { useSearchParams } from 'next/navigation';
import { z } from 'zod';
import { RunIdSchema } from '#domain/loop-state.ts';
import { MAX_ARMS } from './arms.ts';
import { CompareResults } from './compare-results.tsx';
import { CompareSetup } from './compare-setup.tsx';

const IdsSchema = z.array(RunIdSchema).min(1).max(MAX_ARMS);

/** A comparison: what is compared, or, where the address names runs, what came of it. */
export function CompareScreen() {
  const ids = IdsSchema.safeParse([...new Set((useSearchParams().get('runs') ?? '').split(','))]);
  return ids.success ? <CompareResults ids={ids.data} /> : <CompareSetup />;
}
