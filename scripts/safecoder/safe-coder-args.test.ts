import { expect, test } from '@jest/globals';
import { safeCoderArgs } from './safe-coder-args.ts';

const places = { typedIn: '/typed', scratch: '/home/safecoder' };

test('train reads the pairs of the data and writes an adapter', () => {
  const { args, needed } = safeCoderArgs('train', { base: 'mistral', data: '../data' }, places);

  expect(args.join(' ')).toBe(
    '-m safecoder_training train --base /typed/mistral --pairs /data/repair-pairs/pairs.jsonl --out /home/safecoder/adapter',
  );
  expect(needed).toEqual([
    { option: '--base', path: '/typed/mistral' },
    { option: '--data', path: '/data/repair-pairs/pairs.jsonl' },
  ]);
});

test('train takes standard samples where a file of them is named, which must be there', () => {
  const { args, needed } = safeCoderArgs(
    'train',
    { base: '/b', data: '/d', instructions: 'evol.jsonl' },
    places,
  );

  expect(args.slice(-2)).toEqual(['--instructions', '/typed/evol.jsonl']);
  expect(needed.at(-1)).toEqual({ option: '--instructions', path: '/typed/evol.jsonl' });
});

test('merge takes what train wrote, wherever that was', () => {
  expect(safeCoderArgs('merge', { base: '/b', data: '/d' }, places).args.slice(2)).toEqual([
    ...['merge', '--base', '/b', '--adapter', '/home/safecoder/adapter', '--out', '/home/safecoder/merged'],
  ]);
  const { args, needed } = safeCoderArgs('merge', { base: '/b', data: '/d', adapter: 'a', out: 'o' }, places);
  expect(args.slice(-4)).toEqual(['--adapter', '/typed/a', '--out', '/typed/o']);
  expect(needed).toContainEqual({ option: '--adapter', path: '/typed/a' });
});

test('a base that nobody named is missed', () => {
  expect(safeCoderArgs('train', { data: '/d' }, places).needed[0]).toEqual({ option: '--base', path: null });
});

test('the tests need no file', () => {
  expect(safeCoderArgs('test', { data: '/d' }, places)).toEqual({ args: ['-m', 'pytest', '-q'], needed: [] });
});
