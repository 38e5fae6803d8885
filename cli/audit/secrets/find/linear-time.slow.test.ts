import { expect, it } from 'vitest';
import { allKinds } from '../kinds/all-kinds.ts';
import { findSecrets } from './find-secrets.ts';

const size = 1_000_000;

/** Texts that make a search begin at every place, or read far from each. */
const hostile: readonly string[] = [
  ...new Set(allKinds.flatMap(({ keywords }) => keywords)),
  ...[
    '-----BEGIN PRIVATE KEY-----\n',
    'eyJhbGciOiJ.',
    'a://b:c',
    'password=',
    'password = "',
    'key',
    'token-',
    'A',
    'aB3_',
    ' -us',
    '\\n',
    '"auth":"',
    'key:\n',
    'https://u:p@',
    "login('a', ",
    'auth(\n',
  ],
];

// A search that is not linear needs minutes for one of them, and is ended by the time limit of the test.
it('ends for texts that repeat what it looks for', { timeout: 240_000 }, () => {
  for (const part of hostile) {
    for (const before of ['', ' ']) {
      const text = (before + part).repeat(Math.ceil(size / 4 / (part.length + 1)));
      expect(findSecrets('a/config.txt', Buffer.from(text)).length).toBeLessThanOrEqual(100);
    }
  }
});
