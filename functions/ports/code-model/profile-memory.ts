import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Lesson, LessonSchema } from './lessons.ts';
import { parseJson } from './parse-json.ts';

/** What was learned of servers, by host and model. */
export type ProfileMemory = {
  lessonFor(host: string, model: string): Lesson;
  /** Remembers one more lesson. Never rejects: what cannot be kept is learned again. */
  learn(host: string, model: string, lesson: Lesson): Promise<void>;
};

/** The oldest are forgotten beyond it: a file of a few KB at most. */
const MOST_MODELS = 200;

const FileSchema = z.object({
  models: z
    .array(z.object({ host: z.string().max(300), model: z.string().max(200), lesson: LessonSchema }))
    .max(MOST_MODELS),
});
type Entry = z.infer<typeof FileSchema>['models'][number];

/**
 * A memory for as long as the process lives, and beyond it where a file is given. A file that is missing or broken
 * is the same as an empty one.
 */
export function createProfileMemory(file: string | null = null): ProfileMemory {
  let entries: Entry[] | null = null;
  let writing = Promise.resolve();
  const known = () => {
    entries ??= file === null ? [] : readEntries(file);
    return entries;
  };
  const find = (list: Entry[], host: string, model: string) =>
    list.find((each) => each.host === host && each.model === model);
  return {
    lessonFor: (host, model) => find(known(), host, model)?.lesson ?? {},
    async learn(host, model, lesson) {
      const merged = { ...find(known(), host, model)?.lesson, ...lesson };
      const others = (list: Entry[]) => list.filter((each) => each.host !== host || each.model !== model);
      const put = (list: Entry[]) => [...others(list), { host, model, lesson: merged }].slice(-MOST_MODELS);
      entries = put(known());
      if (file === null) return;
      // Another process may have learned something meanwhile.
      writing = writing.then(() => writeEntries(file, put(readEntries(file))));
      await writing;
    },
  };
}

function readEntries(file: string): Entry[] {
  try {
    return FileSchema.parse(parseJson(readFileSync(file, 'utf8'))).models;
  } catch {
    return [];
  }
}

async function writeEntries(file: string, models: Entry[]): Promise<void> {
  const draft = join(dirname(file), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify({ models }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
}
