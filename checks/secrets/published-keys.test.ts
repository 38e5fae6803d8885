import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';
import { weaknessOf } from '../../lib/secrets/weakness.ts';
import { libSources, repositoryFiles, root } from '../repository.ts';

/** What looks like a key, and is none. */
const noKeys = new Map([
  ['Argon2PasswordHasher', 'a class of Django'],
  ['iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB', 'the beginning of a picture'],
  ['aW1wb3J0IG9zOyBvcy5zeXN0ZW0oJ2lkJyk=', 'a program in Base64'],
  ['WyItcHJpY2UsaWQiLCIxMi41MCIsIjciXQ', 'a list in Base64'],
  ['dGhpcyBpcyAxMjggYml0cyE=', 'a nonce'],
  ['60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752', 'a digest'],
  ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'a digest'],
  ['fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13', 'a digest'],
  ['3d3c42e5aac5ba805825da76410c181273ba90b1', 'a commit of actions/checkout'],
]);

/** Random letters of both cases and digits, or hexadecimal digits. Not what follows `sha256-` or a dot. */
function keysIn(text: string): string[] {
  const words = text.match(/(?<![\w+/.$-])(?!sha\d{3}-)[A-Za-z\d+/_-]{20,}={0,2}(?![\w+/])/g) ?? [];
  return words.filter(
    (word) => (/\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word)) || /^[\da-f]{32,}$/.test(word),
  );
}

function commentsOf(code: string): string {
  return code
    .split('\n')
    .filter((line) => /^\s*(?:\*|\/[/*])/.test(line))
    .join('\n');
}

const pages = repositoryFiles('README.md', 'CONTRIBUTING.md', 'lib/README.md', 'docs/*.md');
const sources = libSources();

it('every key that our pages and docstrings show is refused in production as published', () => {
  expect(pages.length).toBeGreaterThan(100);
  expect(sources.length).toBeGreaterThan(300);
  const shown = [
    ...pages.map((file) => ({ file, text: readFileSync(`${root}${file}`, 'utf8') })),
    ...sources.map((file) => ({ file, text: commentsOf(readFileSync(`${root}${file}`, 'utf8')) })),
  ].flatMap(({ file, text }) => keysIn(text).map((key) => ({ file, key })));
  expect(shown.map(({ key }) => key)).toContain('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
  expect(shown.filter(({ key }) => !noKeys.has(key) && weaknessOf(key) === undefined)).toEqual([]);
  // None of them outlives what it stands for.
  expect([...noKeys.keys()].filter((key) => !shown.some((one) => one.key === key))).toEqual([]);
});

it.each([
  ["keyring('Zq3v9LkT2mXw8RbY5nHc7PdJ1sFg4AuE')", ['Zq3v9LkT2mXw8RbY5nHc7PdJ1sFg4AuE']],
  ['APP_KEY=Zq3v9LkT2mXw8RbY5nHc7PdJ1sFg4AuE', ['Zq3v9LkT2mXw8RbY5nHc7PdJ1sFg4AuE']],
  ['`0f3b9c5e7a1d2468ace013579bdf2468`', ['0f3b9c5e7a1d2468ace013579bdf2468']],
  ['Cross-Origin-Resource-Policy, application/x-www-form-urlencoded', []],
  ['sha256-/JqT3SQfawRcv/BIHPThkBvs0OEvtFFmqPF/lYI/Cxo=', []],
])('finds what looks like a key: %s', (text, keys) => {
  expect(keysIn(text)).toEqual(keys);
});
