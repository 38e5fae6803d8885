import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { brokenLinks } from './links.ts';

describe('links between pages', () => {
  it('lead to files', () => {
    const broken = repositoryFiles('*.md').flatMap((file) =>
      brokenLinks(file, readFileSync(join(root, file), 'utf8')).map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('are found broken where they are, and not in code', () => {
    const page =
      '[a](../package.json) [b](missing.md#top) [c](https://example.com/) [d](#here) `[e](no.md)`\n' +
      '```text\n[f](no.md)\n```\n[g](../../outside.md)';
    expect(brokenLinks('docs/page.md', page)).toEqual(['missing.md#top', '../../outside.md']);
  });
});
