import ipaddr from 'ipaddr.js';

export type AddressRules = {
  /**
   * May loopback and private networks be called? Only where the person who names the server also owns the machine:
   * it is his own network then. Metadata services and link-local addresses are never called.
   */
  isLoopbackAllowed: boolean;
};

type Kind = 'public' | 'own network' | 'metadata service' | 'link-local' | 'not a host';

/**
 * Services that hand out credentials to whoever asks from the machine. They lie in ranges that are otherwise fine.
 * Azure: learn.microsoft.com "What is IP address 168.63.129.16?". AWS over IPv6: fd00:ec2::254, EKS pod identity
 * fd00:ec2::23. Google over IPv6: fd20:ce::254. Alibaba Cloud: 100.100.100.200. Oracle Cloud Classic: 192.0.0.192.
 */
const metadataServices = new Set(
  ['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254'].map(
    (text) => ipaddr.parse(text).toNormalizedString(),
  ),
);

/** What ipaddr.js calls the ranges of one's own network; every other range but `unicast` leads to no host. */
const ownRanges = ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat', 'unspecified'];

const wellKnownTranslation = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** IPv6 ranges that carry an IPv4 address, and at which byte. */
const carriers: { range: string; at: number }[] = [
  { range: 'ipv4Mapped', at: 12 },
  { range: 'rfc6145', at: 12 },
  { range: 'rfc6052', at: 12 },
  { range: '6to4', at: 2 },
];

/** Why an address may not be called: the rule, never the address. Null where it may be. */
export function forbiddenBecause(address: string, { isLoopbackAllowed }: AddressRules): string | null {
  const kind = kindOf(address);
  if (kind === 'public' || (kind === 'own network' && isLoopbackAllowed)) return null;
  return {
    'own network': 'loopback and private networks may not be called from here',
    'metadata service': "a cloud's metadata service is never called",
    'link-local': 'link-local addresses are never called',
    'not a host': 'the address belongs to no host that could be called',
  }[kind];
}

function kindOf(address: string): Kind {
  if (!ipaddr.isValid(address)) return 'not a host';
  const parsed = ipaddr.parse(address);
  if (metadataServices.has(withoutZone(parsed).toNormalizedString())) return 'metadata service';
  const range = parsed.range();
  if (range === 'linkLocal') return 'link-local';
  if (parsed instanceof ipaddr.IPv6) {
    // 64:ff9b:1::/48 leaves it to each network where in it the IPv4 address lies.
    if (range === 'rfc6052' && !parsed.match(wellKnownTranslation)) return 'not a host';
    const carried = carriedBy(parsed, range);
    // A translator may stand between, so what is carried is worth no more than one's own network.
    if (carried) return kindOfCarried(carried, range);
  }
  if (range === 'unicast') return 'public';
  return ownRanges.includes(range) ? 'own network' : 'not a host';
}

function kindOfCarried(carried: ipaddr.IPv4, range: string): Kind {
  const kind = kindOf(carried.toString());
  return kind === 'public' && range !== 'ipv4Mapped' ? 'own network' : kind;
}

function carriedBy(address: ipaddr.IPv6, range: string): ipaddr.IPv4 | null {
  const bytes = address.toByteArray();
  const carrier = carriers.find((each) => each.range === range);
  if (carrier) return new ipaddr.IPv4(bytes.slice(carrier.at, carrier.at + 4));
  // ::a.b.c.d, which RFC 4291 gave up; ipaddr.js calls most of them unicast.
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && range === 'unicast';
  return isCompatible ? new ipaddr.IPv4(bytes.slice(12)) : null;
}

function withoutZone(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  return address instanceof ipaddr.IPv6 ? new ipaddr.IPv6(address.toByteArray()) : address;
}
