import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { libSources, root } from '../repository.ts';
import { importCircles, importedFiles } from './import-circles.ts';

describe('the sources of lib', () => {
  // Move the type or the function that closes the circle into a file that needs none of the others.
  it('import each other in no circle, types included', () => {
    const imports = libSources().map(
      (file) => [file, importedFiles(file, readFileSync(join(root, file), 'utf8'))] as const,
    );
    expect(imports.flatMap(([, imported]) => imported).length).toBeGreaterThan(imports.length);
    expect(importCircles(new Map(imports))).toEqual([]);
  });
});

describe('this check', () => {
  it.each([
    ["import { a } from './a.ts';", ['lib/x/a.ts']],
    ["import type { A } from '../a.ts';", ['lib/a.ts']],
    ["import './a.ts';", ['lib/x/a.ts']],
    ["export { a, type B } from './a.ts';", ['lib/x/a.ts']],
    ["export type * from './a.ts';", ['lib/x/a.ts']],
    ["const a = await import('./a.ts');", ['lib/x/a.ts']],
    ["export type A = typeof import('./a.ts');", ['lib/x/a.ts']],
    ["import { a } from 'a';\nimport b from 'node:b';", []],
    ["// import { a } from './a.ts';\n/** import { b } from './b.ts'; */", []],
  ])('reads the imports of %s', (text, imported) => {
    expect(importedFiles('lib/x/x.ts', text)).toEqual(imported);
  });

  it('shows the shortest circle of each file', () => {
    const imports = { a: ['b', 'd'], b: ['c'], c: ['a'], d: ['a'], e: ['e'], f: ['a', 'g'], g: [], h: ['c'] };
    expect(importCircles(new Map(Object.entries(imports)))).toEqual([
      'a -> d -> a',
      'b -> c -> a -> b',
      'e -> e',
    ]);
  });
});
