import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDestination, parseDestination } from '../policy/destination.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { formatAddress, parseAddress } from './address.ts';

const policy = parsePolicy({ hosts: 'public' });
const address = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
const v4 = fc.bigInt({ min: 0xffff_0000_0000n, max: 0xffff_ffff_ffffn });
const runs = { numRuns: 3_000 };

describe('addresses', () => {
  it('come back from their text, and the text is one that Node reads', () => {
    fc.assert(
      fc.property(fc.oneof(address, v4), (bits) => {
        const text = formatAddress(bits);
        expect(isIP(text)).not.toBe(0);
        expect(parseAddress(text)).toBe(bits);
      }),
      runs,
    );
  });

  it('are read exactly where Node reads them', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '255',
      '256',
      '01',
      '0x7f',
      'ffff',
      'fe80',
      ':',
      '::',
      '.',
      '%',
      'lo',
      'g',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join('');
        if (text.length <= 64) expect(parseAddress(text) !== undefined, text).toBe(isIP(text) !== 0);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('a decision about a URL', () => {
  const part = fc.constantFrom(
    ...[
      '127',
      '0',
      '1',
      '0x7f',
      '0177',
      '2130706433',
      '10',
      '256',
      'localhost',
      'example',
      'com',
      '[::1]',
      '[',
      ']',
    ],
    ...[
      '.',
      '..',
      ':',
      '80',
      '0',
      '@',
      '/',
      '\\',
      '#',
      '?',
      '%',
      '%31',
      '%2e',
      '%00',
      '\t',
      '\n',
      ' ',
      '*',
      '_',
      '-',
    ],
    ...[
      '\u3002',
      '\uff0e',
      '\u2460',
      '\u00ad',
      '\u200d',
      'xn--',
      '::ffff:',
      '[::ffff:7f00:1]',
      'A',
      '\ud800',
      '{',
      "'",
    ],
  );
  const authority = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
  const scheme = fc.constantFrom(
    'http://',
    'https://',
    'http:',
    'HTTP:\\\\',
    'ht\ttp:///',
    'file://',
    '//',
    '',
  );

  it('is about the host and port that a socket is opened to', () => {
    fc.assert(
      fc.property(
        scheme,
        fc.oneof(authority, fc.string({ unit: 'binary', maxLength: 20 })),
        (start, rest) => {
          const destination = parseDestination(`${start}${rest}`);
          if ('allow' in destination) return;
          // What undici reads from the URL that is handed to it, read again from its text.
          const dialled = new URL(destination.url.href);
          const bare = dialled.hostname.replace(/^\[|\]$/g, '');
          expect(dialled.username + dialled.password).toBe('');
          expect(Number(dialled.port || (dialled.protocol === 'https:' ? 443 : 80))).toBe(destination.port);
          if (isIP(bare)) expect(parseAddress(bare)).toBe(destination.address);
          else expect(bare).toBe(destination.host);
          const { allow } = decideDestination(destination, policy);
          if (allow && !isIP(bare)) expect(bare).toMatch(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/);
        },
      ),
      { numRuns: 20_000 },
    );
  });
});
