import { beforeEach, describe, expect, it } from '@jest/globals';
import type { BlobStore } from './blob-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What every blob store promises; each adapter runs it over a store of its own, empty for each test. */
export function describeBlobStore(name: string, open: () => Promise<BlobStore>): void {
  describe(`${name}, as any blob store`, () => {
    let store: BlobStore;
    beforeEach(async () => {
      store = await open();
    });

    it('gives back the bytes that were put, whatever they are', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, value) => value);

      await store.put('runs/a/original.py', all);

      expect(await store.get('runs/a/original.py')).toEqual(all);
    });

    it('keeps an empty blob', async () => {
      await store.put('runs/a/original.py', bytes(''));

      expect(await store.get('runs/a/original.py')).toHaveLength(0);
    });

    it('replaces a blob whole', async () => {
      await store.put('runs/a/report.json', bytes('a long first text'));
      await store.put('runs/a/report.json', bytes('short'));

      expect(await store.get('runs/a/report.json')).toEqual(bytes('short'));
    });

    it('ends concurrent writes of one key with one of them, whole', async () => {
      const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(5000));

      await Promise.all(texts.map((text) => store.put('runs/a/report.json', bytes(text))));

      expect(texts).toContain(new TextDecoder().decode(await store.get('runs/a/report.json')));
    });

    it('writes a new blob once, and leaves one that is there', async () => {
      const first = await store.putNew('runs/a/report.json', bytes('first'));
      const second = await store.putNew('runs/a/report.json', bytes('second'));
      const kept = await store.get('runs/a/report.json');
      await store.put('runs/a/report.json', bytes('third'));

      expect([first, second]).toEqual([true, false]);
      expect(kept).toEqual(bytes('first'));
      expect(await store.get('runs/a/report.json')).toEqual(bytes('third'));
    });

    it('lets one of many write a new blob', async () => {
      const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(5000));

      const isNew = await Promise.all(texts.map((text) => store.putNew('runs/a/report.json', bytes(text))));

      expect(isNew.filter(Boolean)).toHaveLength(1);
      const kept = new TextDecoder().decode(await store.get('runs/a/report.json'));
      expect(kept).toBe(texts[isNew.indexOf(true)]);
    });

    it('says that a blob is not there', async () => {
      await expect(store.get('runs/a/report.json')).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('deletes one blob, or all of a prefix and nothing beside it', async () => {
      for (const key of ['runs/a/x.py', 'runs/a/y.json', 'runs/ab/x.py']) await store.put(key, bytes(key));

      await store.delete('runs/a/x.py');
      await store.deletePrefix('runs/a/');

      await expect(store.get('runs/a/x.py')).rejects.toMatchObject({ name: 'NotFoundError' });
      await expect(store.get('runs/a/y.json')).rejects.toMatchObject({ name: 'NotFoundError' });
      expect(await store.get('runs/ab/x.py')).toEqual(bytes('runs/ab/x.py'));
    });

    it('deletes what is not there without a complaint', async () => {
      await store.delete('runs/a/x.py');
      await store.deletePrefix('runs/a/');
    });

    it.each(['../x.py', '/etc/passwd', 'runs/../../x.py', 'runs/A/x.py', 'runs/a/x.txt', 'runs//x.py', ''])(
      'refuses the key %j',
      async (key) => {
        await expect(store.put(key, bytes('x'))).rejects.toMatchObject({ name: 'InvalidInputError' });
        await expect(store.putNew(key, bytes('x'))).rejects.toMatchObject({ name: 'InvalidInputError' });
        await expect(store.get(key)).rejects.toMatchObject({ name: 'InvalidInputError' });
        await expect(store.delete(key)).rejects.toMatchObject({ name: 'InvalidInputError' });
      },
    );

    it.each(['', '/', '../', 'runs', 'runs/../'])('refuses the prefix %j', async (prefix) => {
      await expect(store.deletePrefix(prefix)).rejects.toMatchObject({ name: 'InvalidInputError' });
    });
  });
}
