import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialsIn } from './credentials.ts';
import { collectInputs } from './inputs.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const url = (text: string): string => Buffer.from(text).toString('base64url');
const basic = (text: string): string => `Basic ${base64(text)}`;
const bearer = (payload: unknown): string =>
  `Bearer ${url('{"alg":"none"}')}.${url(JSON.stringify(payload))}.sig`;
const strings = (authorization: string): object[] => [
  ...collectInputs({ headers: { authorization } }).strings.filter(
    ({ source }) => source !== 'headers.authorization',
  ),
];

describe('the credentials of a request', () => {
  it('are its user name and password, each an input', () => {
    expect(strings(basic("x' or '1'='1:it's: so"))).toEqual([
      { text: "x' or '1'='1", source: 'authorization.user' },
      { text: "it's: so", source: 'authorization.password' },
    ]);
    expect(credentialsIn(`basic  ${base64('\u00fcser:p\u00e4ss')}`)).toEqual({
      user: '\u00fcser',
      password: 'p\u00e4ss',
    });
    expect(credentialsIn(basic('only'))).toEqual({ user: 'only', password: '' });
  });

  it('are read from a list of lines, and from a record of any case', () => {
    const lines = { authorization: [basic("a b:it's"), basic('c d:e f')] };
    for (const headers of [lines, { Authorization: lines.authorization }]) {
      const found = collectInputs({ headers }).strings.map(({ text }) => text);
      expect(found).toEqual(expect.arrayContaining(['a b', "it's", 'c d', 'e f']));
    }
    expect(collectInputs({ headers: { accept: basic('a b:c d') } }).strings.length).toBe(1);
  });

  it('are words too, where they are one', () => {
    const { words } = collectInputs({ headers: { authorization: basic('id:name') } });
    expect(Object.fromEntries(words)).toEqual({ id: 'authorization.user', name: 'authorization.password' });
  });

  it('are the strings in the payload of a token, however deep', () => {
    expect(strings(bearer({ sub: "x' or 1=1 --", scope: ['a b', { org: 'c d' }], iat: 12 }))).toEqual([
      { text: "x' or 1=1 --", source: 'authorization.token.sub' },
      { text: 'a b', source: 'authorization.token.scope' },
      { text: 'c d', source: 'authorization.token.scope.org' },
    ]);
    expect(credentialsIn(bearer({ sub: 'a' }).replace('Bearer', 'bearer'))).toEqual({ token: { sub: 'a' } });
  });

  it('are none where there is nothing to decode', () => {
    for (const header of [
      '',
      'Basic',
      'Basic ',
      'Bearer',
      'Bearer opaque-token',
      'Bearer a.b',
      'Bearer a.b.c',
      `Bearer a.${url('"text"')}.c`,
      `Digest username="${base64('a:b')}"`,
      `Basic ${'A'.repeat(200_000)}`,
      `Bearer ${'A'.repeat(200_000)}.e30.c`,
    ]) {
      expect(credentialsIn(header)).toBeUndefined();
    }
  });

  it('are read from any text, without an error', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Basic ', 'Bearer ', 'Bearer a.', ''),
        fc.string({ unit: 'binary' }),
        (scheme, text) => {
          collectInputs({ headers: { authorization: `${scheme}${text}` } });
          collectInputs({ headers: { authorization: `${scheme}${base64(text)}.${url(text)}` } });
        },
      ),
      { numRuns: 500, seed: 20261201 },
    );
  });
});
