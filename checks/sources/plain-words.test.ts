import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { oddPhrases } from './plain-words.ts';

it('no comment of the scanner brings back a phrase that the field has a term for', () => {
  const files = repositoryFiles('cli/*.ts');
  expect(files.length).toBeGreaterThan(1000);
  const found = files.flatMap((file) =>
    oddPhrases(readFileSync(join(root, file), 'utf8')).map((at) => `${file}:${at}`),
  );
  expect(found).toEqual([]);
});

it('finds them in comments, and not in code', () => {
  expect(oddPhrases('/** Data of others is a file. */\nconst a = 1; // a plain look\n')).toEqual([
    '1: Data of others -> untrusted data',
    '2: plain look -> constant pass',
  ]);
  expect(oddPhrases("const a = 'data of others';\n/** Untrusted data. */")).toEqual([]);
});
