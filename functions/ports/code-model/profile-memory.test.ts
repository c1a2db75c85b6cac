import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createProfileMemory } from './profile-memory.ts';

describe('the memory of what servers take', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sgcode-profiles-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells lessons of one model on one host only', async () => {
    const memory = createProfileMemory();

    await memory.learn('h', 'm', { seed: false });
    await memory.learn('h', 'm', { temperature: false });

    expect(memory.lessonFor('h', 'm')).toEqual({ seed: false, temperature: false });
    expect(memory.lessonFor('h', 'other')).toEqual({});
    expect(memory.lessonFor('other', 'm')).toEqual({});
  });

  it('outlives the process where it has a file, which only its user reads', async () => {
    const file = join(folder, 'new', 'profiles.json');

    await createProfileMemory(file).learn('h', 'm', { tokenLimit: 'max_completion_tokens' });

    expect(createProfileMemory(file).lessonFor('h', 'm')).toEqual({ tokenLimit: 'max_completion_tokens' });
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'new'))).toEqual(['profiles.json']);
  });

  it('keeps what others learned meanwhile', async () => {
    const file = join(folder, 'shared.json');
    const [one, two] = [createProfileMemory(file), createProfileMemory(file)];
    one.lessonFor('h', 'm');
    two.lessonFor('h', 'm');

    await one.learn('a', 'm', { seed: false });
    await two.learn('b', 'm', { seed: false });

    const third = createProfileMemory(file);
    expect([third.lessonFor('a', 'm'), third.lessonFor('b', 'm')]).toEqual([
      { seed: false },
      { seed: false },
    ]);
  });

  it.each([
    ['cut off', '{"models": [{"ho'],
    ['of another form', '{"models": [{"host": "h", "model": "m", "lesson": {"seed": true}}]}'],
    ['not JSON', 'hello'],
  ])('forgets a file that is %s', async (_, text) => {
    const file = join(folder, 'broken.json');
    await writeFile(file, text);
    const memory = createProfileMemory(file);

    expect(memory.lessonFor('h', 'm')).toEqual({});
    await memory.learn('h', 'm', { seed: false });

    expect(JSON.parse(await readFile(file, 'utf8')).models).toHaveLength(1);
  });

  it('goes on where the file cannot be written', async () => {
    const memory = createProfileMemory(join(folder, 'broken.json', 'below-a-file.json'));

    await memory.learn('h', 'm', { seed: false });

    expect(memory.lessonFor('h', 'm')).toEqual({ seed: false });
  });

  it('forgets the oldest of very many', async () => {
    const memory = createProfileMemory();

    for (let n = 0; n <= 200; n += 1) await memory.learn('h', `m${n}`, { seed: false });

    expect(memory.lessonFor('h', 'm0')).toEqual({});
    expect(memory.lessonFor('h', 'm200')).toEqual({ seed: false });
  });
});
