import type { ChatMessage } from '#ports/code-model/code-model.ts';

/** Code out of an answer, or why there is none that can be used: a reason fit for the next prompt. */
export type CodeOrMalformed = { code: string } | { malformed: string };

/** Puts back what the prompt replaced: placeholders in answered code become the program's own texts again. */
export type Restore = (code: string) => CodeOrMalformed;

/** What a model is sent, and how its answer becomes code again. */
export type ModelPrompt = { messages: ChatMessage[]; restore: Restore };

/** For prompts that replace nothing. */
export const restoreNothing: Restore = (code) => ({ code });
