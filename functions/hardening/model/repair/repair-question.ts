import type { ModelAnswer } from '#domain/repair.ts';
import { answerLimit } from '../answers/answer-limit.ts';
import { describePrompt } from '../prompts/describe-prompt.ts';
import { findingsPrompt } from '../prompts/findings-prompt.ts';
import type { ModelPrompt } from '../prompts/model-prompt.ts';
import { repairPrompt } from '../prompts/repair-prompt.ts';
import { rewritePrompt } from '../prompts/rewrite-prompt.ts';
import type { RepairMaterial } from './repair-material.ts';

/** What a model is asked, how its answer is wrapped, and the most tokens that it may have. */
export type RepairQuestion = ModelPrompt & {
  asksFor: 'code' | 'description';
  /** How the answer is put back: a whole program too is taken for the parts in it, where parts can be told apart. */
  form: ModelAnswer['form'];
  /** The parts that are asked for by name. */
  names: readonly string[];
  maxTokens: number;
};

export type Asking = {
  /** How often the same was asked before. */
  tries: number;
  /** What was wrong with the last answer. */
  malformed: string | null;
  boundary: string;
};

/** After that many malformed answers the whole file is asked for, which small models find easier. */
const PARTS_TRIES = 2;

/** PromSec's loop sets no limit; a description is prose about a program of some hundred lines. */
const MAX_DESCRIPTION_TOKENS = 1024;

/** The question that the mechanism asks of its model. */
export async function repairQuestion(material: RepairMaterial, asking: Asking): Promise<RepairQuestion> {
  switch (material.kind) {
    case 'optimized':
      return optimizedQuestion(material, asking);
    case 'findings':
      return wholeFile(material, await findingsPrompt({ ...material, ...asking }));
    case 'rewrite':
      return rewriteQuestion(material, asking);
  }
}

async function optimizedQuestion(
  { plan, excerpt, ...material }: RepairMaterial,
  asking: Asking,
): Promise<RepairQuestion> {
  const form = excerpt.whole !== null || asking.tries >= PARTS_TRIES ? 'whole' : 'parts';
  const prompt = await repairPrompt({ ...material, ...plan, excerpt, form, ...asking });
  const asked = form === 'whole' ? material.code : excerpt.parts.map(({ code }) => code).join('\n');
  const putBack = excerpt.parts.length > 0 ? 'parts' : 'whole';
  const names = excerpt.parts.flatMap(({ kind, name }) => (kind === 'statement' ? [] : [name]));
  return { ...prompt, asksFor: 'code', form: putBack, names, maxTokens: answerLimit(asked, form) };
}

async function rewriteQuestion(material: RepairMaterial, asking: Asking): Promise<RepairQuestion> {
  const { description } = material;
  if (description !== null) return wholeFile(material, rewritePrompt({ description, ...asking }));
  const prompt = await describePrompt({ code: material.code, boundary: asking.boundary });
  return { ...prompt, asksFor: 'description', form: 'whole', names: [], maxTokens: MAX_DESCRIPTION_TOKENS };
}

function wholeFile({ code }: RepairMaterial, prompt: ModelPrompt): RepairQuestion {
  return { ...prompt, asksFor: 'code', form: 'whole', names: [], maxTokens: answerLimit(code, 'whole') };
}
