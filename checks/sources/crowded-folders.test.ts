import { describe, expect, it } from 'vitest';
import { repositoryFiles } from '../repository.ts';
import { mostFiles, sourceCounts } from './crowded-folders.ts';

const counts = sourceCounts(repositoryFiles());

describe('folders', () => {
  it(`hold at most ${mostFiles} source files`, () => {
    const over = [...counts].filter(([, count]) => count > mostFiles);
    expect(over.map(([folder, count]) => `${folder}: ${count}`)).toEqual([]);
  });
});

describe('this check', () => {
  it('counts sources by folder, and no tests', () => {
    const files = ['a/b.ts', 'a/c.mjs', 'a/d.tsx', 'a/b.test.ts', 'a/b.fuzz.slow.test.ts', 'a/b.test-d.ts'];
    expect([...sourceCounts([...files, 'a/e.md', 'a/f/g.ts'])]).toEqual([
      ['a', 3],
      ['a/f', 1],
    ]);
  });
});
