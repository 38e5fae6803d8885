import { describe, expect, it } from 'vitest';
import { drawer } from '../testing/drawn.ts';
import { applyAllowList } from './apply-allow-list.ts';
import { fingerprintOf } from './fingerprint.ts';
import { readAllowList } from './read-allow-list.ts';

const today = '2026-12-01';
const found = {
  ...{ kind: 'private-key', title: 'A private key', value: drawer(1)('<b64>'), at: 0, end: 64 },
  path: 'tests/keys/a.pem',
};
const doubtful = { ...found, doubt: 'it stands in a test or an example' };
const entry = (text: string): string =>
  `[[allowed]]\nreason = "made for tests"\nuntil = 2027-06-30\n${text}\n`;
const apply = (one: typeof found, text: string): readonly (typeof found & { readonly doubt?: string })[] =>
  applyAllowList([one], readAllowList(entry(text), today).entries);

describe('an allow list', () => {
  it.each([
    'path = "tests/keys/a.pem"\nkind = "private-key"',
    'path = "tests/"\nkind = "private-key"',
    `fingerprint = "${fingerprintOf(found)}"`,
  ])('takes out a doubtful text, and leaves a secret as a doubt: %s', (text) => {
    expect(apply(doubtful, text)).toEqual([]);
    expect(apply(found, text)).toEqual([
      { ...found, doubt: 'it is allowed until 2027-06-30: made for tests' },
    ]);
  });

  it.each([
    'path = "tests/keys"\nkind = "private-key"',
    'path = "tests/keys/a.pem"\nkind = "github-token"',
    `fingerprint = "${fingerprintOf({ ...found, kind: 'pgp-private-key' })}"`,
    `fingerprint = "${fingerprintOf({ ...found, value: 'x' })}"`,
  ])('allows nothing else: %s', (text) => {
    expect(apply(doubtful, text)).toEqual([doubtful]);
  });

  it.each([
    ['no TOML', '[[', /is not TOML/],
    ['another key', `x = 1\n${entry('path = "a"\nkind = "b"')}`, /unknown key: x/],
    ['a path alone', entry('path = "a"'), /needs a `fingerprint`/],
    ['the secret itself', entry(`fingerprint = "${found.value}"`), /none that a report shows/],
    ['a key of an entry', entry('value = "a"'), /value is not known/],
    ['no reason', '[[allowed]]\npath = "a"\nkind = "b"\nuntil = 2027-01-01', /`reason` is missing/],
    ['no day', '[[allowed]]\npath = "a"\nkind = "b"\nreason = "c"', /`until` is missing/],
    [
      'a day that is over',
      '[[allowed]]\npath = "a"\nkind = "b"\nreason = "c"\nuntil = 2026-11-30',
      /expired on 2026-11-30/,
    ],
  ])('says what is wrong: %s', (_, text, problem) => {
    const { entries, problems } = readAllowList(text, today);
    expect(entries).toEqual([]);
    expect(problems.join()).toMatch(problem);
  });

  it('is not needed', () => {
    expect(readAllowList(undefined, today)).toEqual({ entries: [], problems: [] });
  });
});
