import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { libSources, repositoryFiles, root } from '../repository.ts';
import { compileFences } from './compile-fences.ts';
import { fencesIn } from './fences.ts';

describe('examples', () => {
  const files = [...repositoryFiles('*.md'), ...libSources()];
  const fences = files.flatMap((file) => fencesIn(file, readFileSync(join(root, file), 'utf8')));

  it('compile, each on its own', { timeout: 120_000 }, () => {
    expect(fences.length).toBeGreaterThan(10);
    expect(compileFences(fences)).toEqual([]);
  });
});

describe('this check', () => {
  const page = [
    '```ts',
    "import { isRefusal } from 'bulwark';",
    'declare const error: unknown;',
    "if (isRefusal(error, 'fetch/*')) error.detail satisfies object;",
    '```',
    '',
    '```text',
    'not code',
    '```',
    '',
    '  ```ts',
    '  const error = 1;',
    "  error.toUpperCase('');",
    '  await missing();',
    '  ```',
  ].join('\n');

  it('reports the line of each mistake, and lets what is right pass', { timeout: 60_000 }, () => {
    expect(compileFences(fencesIn('page.md', page))).toEqual([
      "page.md:13: Property 'toUpperCase' does not exist on type '1'.",
      "page.md:14: Cannot find name 'missing'.",
    ]);
  });

  it('reads comments, whose stars are no code', () => {
    const comment = ['  /**', '   * ```ts', '   * f(`', '   *   x`);', '   *', '   * ```', '   */'].join(
      '\n',
    );
    expect(fencesIn('x.ts', comment)).toEqual([{ file: 'x.ts', line: 3, code: 'f(`\n  x`);\n' }]);
  });

  it('refuses a fence without an end', () => {
    expect(() => fencesIn('page.md', 'text\n```ts\nconst x = 1;')).toThrow('page.md:3');
  });
});
