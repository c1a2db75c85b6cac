import { z } from 'zod';
import type { DataSetKind } from '#domain/benchmark-description.ts';
import type { Program } from './data-set.ts';
import { dedent } from './dedent.ts';
import { taskTests } from './task-tests.ts';

const IdSchema = z.union([z.int().min(0), z.string().regex(/^[\w-]{1,100}$/)]);

/** A task of SecCodePLT (https://huggingface.co/datasets/Virtue-AI-HUB/SecCodePLT), whose program is its vulnerable code. */
const TaskSchema = z.object({
  index: IdSchema,
  CWE_ID: z.string().regex(/^\d{1,5}$/),
  task_description: z.object({ function_name: z.string().regex(/^[A-Za-z_]\w{0,99}$/) }),
  ground_truth: z.object({
    code_before: z.string(),
    vulnerable_code: z.string(),
    code_after: z.string(),
  }),
  unittest: z.object({ setup: z.string(), testcases: z.string() }),
});

/** A function before and after a fix; what is secured is the one before. */
const PairSchema = z.object({
  id: IdSchema,
  before: z.string(),
  after: z.string(),
  cwe: z.string(),
  group: z.string(),
});

/** How the lines of a data set become programs. `sign` is the key that tells its lines from others. */
export type Layout = {
  kind: DataSetKind;
  sign: string;
  schema: z.ZodType<{ name: string; program: Program }, unknown>;
};

const encoder = new TextEncoder();

export const layouts: readonly Layout[] = [
  {
    kind: 'seccodeplt',
    sign: 'ground_truth',
    schema: TaskSchema.transform((task) => {
      const { code_before, vulnerable_code, code_after } = task.ground_truth;
      const { setup, testcases } = task.unittest;
      const code = `${setup}\n\n${code_before}${vulnerable_code}${code_after}\n`;
      const tests = taskTests({ setup, testcases, functionName: task.task_description.function_name });
      return {
        name: `cwe-${task.CWE_ID}-${task.index}.py`,
        program: { code: encoder.encode(code), tests },
      };
    }),
  },
  {
    kind: 'repair-pairs',
    sign: 'before',
    schema: PairSchema.transform(({ id, before }) => ({
      name: `${id}.py`,
      program: { code: encoder.encode(`${dedent(before)}\n`), tests: null },
    })),
  },
];
