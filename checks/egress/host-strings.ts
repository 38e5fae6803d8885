import fc from 'fast-check';

/** The host of a URL as somebody might write it, and what a resolver says if it turns out to be a name. */
export interface HostSample {
  /** Goes between `http://` and `/`: a port and userinfo may be in it. */
  readonly text: string;
  readonly a: readonly string[];
  readonly aaaa: readonly string[];
}

/** Where ranges begin and end, and the addresses of metadata services. */
const edgesV4: readonly number[] = [
  ...[0x00000000, 0x0a000000, 0x0b000000, 0x64400000, 0x64800000, 0x7f000000, 0x7f000001, 0x80000000],
  ...[0xa9fe0000, 0xa9fea9fe, 0xa9ff0000, 0xac100000, 0xac200000, 0xc0000000, 0xc0000100, 0xc0000200],
  ...[0xc0586300, 0xc0586400, 0xc0a80000, 0xc0a90000, 0xc6120000, 0xc6140000, 0xc6336400, 0xc6336500],
  ...[0xcb007100, 0xcb007200, 0xe0000000, 0xf0000000, 0xffffffff, 0xa83f8110, 0x646464c8, 0x08080808],
];

/** The upper 96 bits of what carries an IPv4 address in the rest, and of other ranges. */
const prefixesV6: readonly bigint[] = [
  ...['0', 'ffff', 'ffff0000', '64ff9b0000000000000000', '64ff9b0001000000000000'],
  ...[
    '2002'.padEnd(24, '0'),
    '20020808080800000000ffff',
    '20010000'.padEnd(24, '0'),
    '260647000000000002005efe',
  ],
  ...['260647000000000000005efe', 'fe80'.padEnd(24, '0'), 'fd000ec2'.padEnd(24, '0'), 'fc00'.padEnd(24, '0')],
  ...['ff02'.padEnd(24, '0'), '20010db8'.padEnd(24, '0'), '3fff'.padEnd(24, '0'), '2606'.padEnd(24, '0')],
  ...['2a00'.padEnd(24, '0'), '200148604860'.padEnd(24, '0'), '5f00'.padEnd(24, '0'), '4000'.padEnd(24, '0')],
].map((hex) => BigInt(`0x${hex.slice(0, 24)}`));

const bitsV4: fc.Arbitrary<number> = fc.oneof(
  fc.nat({ max: 0xffffffff }),
  fc
    .tuple(fc.constantFrom(...edgesV4), fc.integer({ min: -1, max: 1 }))
    .map(([edge, step]) => Math.min(0xffffffff, Math.max(0, edge + step))),
);

const bitsV6: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  fc.bigInt({ min: 1n << 125n, max: (1n << 126n) - 1n }),
  fc.tuple(fc.constantFrom(...prefixesV6), bitsV4).map(([prefix, low]) => (prefix << 32n) | BigInt(low)),
);

function octets(bits: number): number[] {
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255);
}

function groups(bits: bigint): string[] {
  return Array.from({ length: 8 }, (_, at) => ((bits >> BigInt(112 - at * 16)) & 0xffffn).toString(16));
}

/** One number as inet_aton reads it. */
function numeral(value: number, base: number, zeros: number): string {
  const pad = '0'.repeat(zeros);
  if (base === 16) return `0x${pad}${value.toString(16)}`;
  return base === 8 ? `0${pad}${value.toString(8)}` : value.toString(10);
}

/** Every spelling that inet_aton and the URL standard read: one to four parts, each in one of three bases. */
const spelledV4: fc.Arbitrary<string> = fc
  .tuple(
    bitsV4,
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.constantFrom(10, 16, 8), { minLength: 4, maxLength: 4 }),
    fc.nat({ max: 2 }),
  )
  .map(([bits, parts, bases, zeros]) => {
    const all = octets(bits);
    const tail = all.slice(parts - 1).reduce((sum, octet) => sum * 256 + octet, 0);
    return [...all.slice(0, parts - 1), tail]
      .map((value, at) => numeral(value, bases[at] ?? 10, zeros))
      .join('.');
  });

const plainV4: fc.Arbitrary<string> = bitsV4.map((bits) => octets(bits).join('.'));
const plainV6: fc.Arbitrary<string> = bitsV6.map((bits) => groups(bits).join(':'));

const spelledV6: fc.Arbitrary<string> = fc
  .tuple(bitsV6, fc.constantFrom('full', 'short', 'dotted', 'upper', 'padded'))
  .map(([bits, form]) => {
    const all = groups(bits);
    const short = all.join(':').replace(/(?:^|:)0(?::0)+(?:$|:)/, '::');
    if (form === 'short') return `[${short}]`;
    if (form === 'dotted')
      return `[${all.slice(0, 6).join(':')}:${octets(Number(bits & 0xffffffffn)).join('.')}]`;
    const written = form === 'padded' ? all.map((group) => group.padStart(4, '0')) : all;
    return `[${form === 'upper' ? written.join(':').toUpperCase() : written.join(':')}]`;
  });

const label: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'localhost',
    'metadata',
    'google',
    'internal',
    'local',
    'www',
    'example',
    'com',
    'lan',
    'a_b',
  ),
  fc.constantFrom('xn--bcher-kva', 'b\u00fccher', 'home', 'arpa', 'test', '127', '0x7f', 'instance-data'),
  fc.stringMatching(/^[a-z0-9-]{1,12}$/),
);

const name: fc.Arbitrary<string> = fc
  .array(label, { minLength: 1, maxLength: 4 })
  .map((all) => all.join('.'));

/** What parsers read differently, and what IDNA maps to digits, dots and letters. */
const oddities: readonly string[] = [
  ...['.', '..', ':', '@', '/', '\\', '#', '?', '%', '[', ']', ' ', '\t', '\n', '%2e', '%00', '%25', '%40'],
  ...['\uff0e', '\u3002', '\uff61', '\u00ad', '\u200b', '\u200d', '\ufeff', '\u2024', '\u2488', '0', '00'],
  ...[
    '\uff11',
    '\u2460',
    '\u0661',
    '\u0967',
    '\u212a',
    '\u017f',
    '\u24db',
    '-',
    '_',
    '+',
    '~',
    '!',
    ';',
    '|',
  ],
];

/** Digits and letters that IDNA maps to the plain ones. */
function widened(text: string): string {
  return text.replace(/[0-9a-z]/gi, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}

function encoded(text: string): string {
  return text.replace(/[0-9a-z.]/gi, (char) => `%${char.charCodeAt(0).toString(16)}`);
}

const host: fc.Arbitrary<string> = fc.oneof(spelledV4, plainV4, spelledV6, name);

const mutated: fc.Arbitrary<string> = fc
  .tuple(
    host,
    fc.array(fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(...oddities), fc.boolean()), { maxLength: 3 }),
  )
  .map(([text, changes]) =>
    changes.reduce((now, [at, odd, replaces]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + odd + now.slice(place + (replaces ? 1 : 0));
    }, text),
  );

const disguised: fc.Arbitrary<string> = fc
  .tuple(host, fc.constantFrom(widened, encoded), fc.nat({ max: 12 }), fc.nat({ max: 12 }))
  .map(([text, disguise, from, length]) =>
    text.startsWith('[')
      ? text
      : text.slice(0, from) + disguise(text.slice(from, from + length + 1)) + text.slice(from + length + 1),
  );

const suffixed: fc.Arbitrary<string> = fc
  .tuple(host, fc.constantFrom('.', ':80', ':443', ':8080', ':0', ':080', ':22', ':', '.:80', ':65616'))
  .map(([text, suffix]) => text + suffix);

const prefixed: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(plainV4, name), fc.constantFrom('@', ':@', ':80@', '#@', '\\@', '%40', ';@'), host)
  .map((parts) => parts.join(''));

export const hostSample: fc.Arbitrary<HostSample> = fc.record({
  text: fc.oneof(
    { weight: 4, arbitrary: host },
    { weight: 3, arbitrary: mutated },
    { weight: 2, arbitrary: disguised },
    { weight: 2, arbitrary: suffixed },
    { weight: 1, arbitrary: prefixed },
  ),
  a: fc.array(plainV4, { maxLength: 2 }),
  aaaa: fc.array(plainV6, { maxLength: 2 }),
});
