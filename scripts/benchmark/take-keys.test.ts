import { describe, expect, it } from '@jest/globals';
import { takeKeys } from './take-keys.ts';

const settings = (name: string) => ({ name, baseUrl: 'https://h/v1', template: 'chat' as const });

describe('takeKeys', () => {
  it('takes each key out of the environment, also one that two models share', () => {
    const environment = { A: 'sk-a', B: 'sk-b', PATH: '/bin' };

    const taken = takeKeys(
      [
        { settings: settings('one'), apiKeyVariable: 'A' },
        { settings: settings('two'), apiKeyVariable: 'A' },
        { settings: settings('local'), apiKeyVariable: null },
      ],
      environment,
    );

    expect(taken.map(({ apiKey }) => apiKey)).toEqual(['sk-a', 'sk-a', null]);
    expect(environment).toEqual({ B: 'sk-b', PATH: '/bin' });
  });

  it.each([undefined, '', 'with space', 'x'.repeat(1001)])(
    'names the variable that holds no key: %p',
    (value) => {
      const environment = value === undefined ? {} : { A: value };

      expect(() => takeKeys([{ settings: settings('one'), apiKeyVariable: 'A' }], environment)).toThrow(
        'the environment variable A does not hold a key',
      );
    },
  );
});
