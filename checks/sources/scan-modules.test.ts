import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, root } from '../repository.ts';
import { moduleCaches, ownBounds, spreadLiterals } from './scan-module-laws.ts';

/** Files that may have a cache at module level, each with the reason. The list can only get shorter. */
const known: Readonly<Record<string, string>> = {};

describe('the modules of the scanner', () => {
  const sources = repositoryFiles('cli/scan/*.ts').map(
    (file) => [file, readFileSync(join(root, file), 'utf8')] as const,
  );
  const caches = sources.flatMap(([file, text]) => moduleCaches(file, text));
  const pathOf = (line: string): string => line.replace(/:.*/s, '');

  // Move it to cli/scan/budgets/<folder>.ts, with a name and a docstring that say what it bounds.
  it('take their bounds from cli/scan/budgets', () => {
    expect(sources.flatMap(([file, text]) => ownBounds(file, text))).toEqual([]);
  });

  // Use memoized() or memoizedPair() of cli/scan/ir/memoized.ts.
  it('keep no cache of their own', () => {
    expect(caches.filter((line) => known[pathOf(line)] === undefined)).toEqual([]);
  });

  it('spread no literal into another', () => {
    expect(sources.flatMap(([file, text]) => spreadLiterals(file, text))).toEqual([]);
  });

  it('have no exception that is not needed', () => {
    const needed = new Set(caches.map(pathOf));
    expect(Object.keys(known).filter((file) => !needed.has(file))).toEqual([]);
  });
});

describe('the law of bounds', () => {
  const count = (file: string, text: string): number => ownBounds(file, text).length;

  it.each([
    'const maxSteps = 200;',
    'export const maxDepth: number = 3;',
    'const limit = 60_000;',
    'const limitOfSteps = 5;',
    'const depthLimit = 5;',
    'const max32 = 0xffff;',
  ])('finds %s', (line) => {
    expect(count('cli/scan/callgraph/link.ts', `import a from './a.ts';\n\n${line}\n`)).toBe(1);
  });

  it.each([
    ['cli/scan/budgets/ir.ts', 'export const maxSteps = 200;'],
    ['cli/scan/rules/a/rule.ts', 'const maxSteps = 200;'],
    ['cli/scan/ir/a.test.ts', 'const maxSteps = 200;'],
    ['cli/scan/guards/testing/a.ts', 'const maxSteps = 200;'],
    ['cli/scan/ir/a.ts', '  const maxSteps = 200;'],
    ['cli/scan/ir/a.ts', 'const port = 80;'],
    ['cli/scan/ir/a.ts', 'const maxima = 2;'],
    ['cli/scan/ir/a.ts', 'const limits = new Map();'],
    ['cli/scan/ir/a.ts', '// const maxSteps = 200;'],
  ])('leaves what is in %s: %s', (file, line) => {
    expect(count(file, line)).toBe(0);
  });
});

describe('the law of caches', () => {
  const count = (file: string, text: string): number => moduleCaches(file, text).length;

  it.each([
    'const known = new WeakMap<Func, boolean>();',
    'export const known = new WeakMap();',
    'const known: WeakMap<Func, boolean> = new WeakMap();',
    'let known = new WeakMap<Func, boolean>();',
  ])('finds %s', (line) => {
    expect(count('cli/scan/rules/a/rule.ts', `import a from './a.ts';\n\n${line}\n`)).toBe(1);
  });

  it.each([
    ['cli/scan/ir/memoized.ts', '  const known = new WeakMap<K, V>();'],
    ['cli/scan/rules/kit/rule-index.ts', '  readonly #ofPrograms = new WeakMap<Linked, Table>();'],
    ['cli/scan/ir/a.test.ts', 'const known = new WeakMap();'],
    ['cli/scan/ir/a.ts', "const isAsync = memoized((func: Func) => func.kind === 'async');"],
    ['cli/scan/ir/a.ts', '// const known = new WeakMap();'],
    ['lib/internal/a.ts', 'const known = new WeakMap();'],
  ])('leaves what is in %s: %s', (file, line) => {
    expect(count(file, line)).toBe(0);
  });
});

describe('the law of spread literals', () => {
  it('finds them on one line and on several, and leaves what is computed', () => {
    const count = (text: string): number => spreadLiterals('cli/scan/ir/a.ts', text).length;
    expect(count("const a = [...['x', 'y'], 'z'];")).toBe(1);
    expect(count("const a = new Set([\n  ...[\n    'x',\n    'y',\n  ],\n]);")).toBe(1);
    expect(count("const a = [...['x', 'y'].map(upper), ...others, ...(b ? ['x'] : [])];")).toBe(0);
  });
});
