import { z } from 'zod';
import type { ModelRole } from './model-settings.ts';

/** How a run hardens code. */
export const MechanismSchema = z.enum([
  'rules',
  'promsec',
  'safecoder',
  'promsec+safecoder',
  'hybrid',
  'findings',
  'describe-and-rewrite',
]);
export type Mechanism = z.infer<typeof MechanismSchema>;

/**
 * What a model is asked to repair code with. `optimized`: the affected functions, what is required of each and
 * what must stay. `findings`: the whole code and the analyzers' text. `rewrite`: describe the code, then write
 * it anew from the description.
 */
export type RepairKind = 'optimized' | 'findings' | 'rewrite';

/** A mechanism as settings of the one state machine, so that mechanisms can be compared on one input. */
export type MechanismProfile = {
  /** Which model writes the code where the input is a prompt. */
  generatesWith: ModelRole;
  ggan: boolean;
  /** Whether the token-free operators are tried. */
  operators: boolean;
  /** Null where no model repairs. */
  repair: RepairKind | null;
  /** Whose turn the repair is; the other model repairs where this one is not set. */
  repairsWith: ModelRole;
  /** One sentence for people who choose. */
  summary: string;
};

export const mechanisms: Readonly<Record<Mechanism, MechanismProfile>> = {
  rules: {
    generatesWith: 'general',
    ggan: true,
    operators: true,
    repair: null,
    repairsWith: 'general',
    summary: 'tested rewrites where findings and the graph network ask for them; no model repairs',
  },
  promsec: {
    generatesWith: 'general',
    ggan: true,
    operators: false,
    repair: 'optimized',
    repairsWith: 'general',
    summary: 'a model repairs, told by the graph network where and how',
  },
  safecoder: {
    generatesWith: 'safecoder',
    ggan: false,
    operators: false,
    repair: null,
    repairsWith: 'safecoder',
    summary: 'a model tuned for secure code writes from the prompt; what it wrote is only analyzed',
  },
  'promsec+safecoder': {
    generatesWith: 'safecoder',
    ggan: true,
    operators: false,
    repair: 'optimized',
    repairsWith: 'general',
    summary: 'as promsec, on code that the tuned model wrote',
  },
  hybrid: {
    generatesWith: 'general',
    ggan: true,
    operators: true,
    repair: 'optimized',
    repairsWith: 'general',
    summary: 'tested rewrites first; a model repairs only what they leave',
  },
  findings: {
    generatesWith: 'general',
    ggan: false,
    operators: false,
    repair: 'findings',
    repairsWith: 'general',
    summary: 'baseline: a model gets the code and what the analyzers say of it',
  },
  'describe-and-rewrite': {
    generatesWith: 'general',
    ggan: false,
    operators: false,
    repair: 'rewrite',
    repairsWith: 'general',
    summary: "baseline: PromSec's public loop, a model describes the code and writes it anew from that",
  },
};
