import type { PaperFigures } from '#domain/benchmark-result.ts';

/**
 * What the SGCode paper reports of its own system: the smallest and the largest figure over its tables.
 * K. Ton et al., "Demo: SGCode: A Flexible Prompt-Optimizing System for Secure Generation of Code", CCS 2024,
 * arXiv 2409.07368. Nothing here was measured by this benchmark, or on its machine.
 */
export const PAPER_FIGURES: PaperFigures = {
  source: 'SGCode paper, CCS 2024, https://arxiv.org/abs/2409.07368',
  machine: 'AWS c7g.large: 2 Graviton3 cores, 4 GiB; GPT models over the network',
  readOn: '2026-11-25',
  ranges: [
    { amount: 'ggan', low: 2, high: 15 },
    { amount: 'analysis', low: 400, high: 1460 },
    { amount: 'model', low: 6600, high: 55_000 },
    { amount: 'communication', low: 560, high: 640 },
    { amount: 'total', low: 7600, high: 57_000 },
    { amount: 'promptTokens', low: 236, high: 471 },
    { amount: 'outputTokens', low: 207, high: 400 },
  ],
  remarks: [
    'With the gGAN it used 0.01 percentage points more CPU and 1.9 MB more memory than without.',
    'With the gGAN alone and GPT-3.5, GPT-4 or GPT-4o, about 98 % of programs deviated partly or fully in function.',
  ],
};
