import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { forbiddenBecause } from './address-rules.ts';

const isAllowed = (address: string, isLoopbackAllowed: boolean) =>
  forbiddenBecause(address, { isLoopbackAllowed }) === null;

const open = [
  '8.8.8.8',
  '1.1.1.1',
  '52.94.133.131',
  '2606:4700::1111',
  '2a00:1450:4001::8a',
  '::ffff:8.8.8.8',
];

const ownNetwork = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.127.255.254',
  '::1',
  '::',
  'fc00::1',
  'fd12:3456::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:c0a8:101',
  // What translators carry is worth no more than one's own network, wherever it leads.
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '2002:7f00:1::1',
  '2002:808:808::1',
  '::7f00:1',
];

const never = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.79.129',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254%1',
  '::ffff:169.254.169.254',
  '::ffff:a83f:8110',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '64:ff9b:1:a9fe:a9:fe00::',
  '2002:a9fe:a9fe::1',
  '::a9fe:a9fe',
  '::ffff:0:169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '192.88.99.1',
  'ff02::1',
  'fec0::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '',
  'localhost',
  '127.0.0.1.evil.example',
];

describe('the addresses that may be called', () => {
  it.each(open)('%s: from anywhere', (address) => {
    expect([isAllowed(address, false), isAllowed(address, true)]).toEqual([true, true]);
  });

  it.each(ownNetwork)('%s: from the machine of who names the server', (address) => {
    expect([isAllowed(address, false), isAllowed(address, true)]).toEqual([false, true]);
  });

  it.each(never)('%s: from nowhere', (address) => {
    expect([isAllowed(address, false), isAllowed(address, true)]).toEqual([false, false]);
  });

  it('is the same for an IPv4 address however it is written in IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.boolean(), (address, isLoopbackAllowed) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const hex = `::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
        const direct = isAllowed(address, isLoopbackAllowed);

        expect(isAllowed(`::ffff:${address}`, isLoopbackAllowed)).toBe(direct);
        expect(isAllowed(hex, isLoopbackAllowed)).toBe(direct);
      }),
    );
  });

  it('names the rule and not the address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.boolean(), (address, isLoopbackAllowed) => {
        expect(forbiddenBecause(address, { isLoopbackAllowed }) ?? '').not.toContain(address);
      }),
    );
  });
});
