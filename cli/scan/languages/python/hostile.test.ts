import { expect, test } from 'vitest';
import type { Module } from '../../ir/ir.ts';
import { verifyIr } from '../../ir/verify-ir.ts';
import { createPythonReader } from './parse/python-reader.ts';

const read = await createPythonReader();

const nest = (open: string, inner: string, close: string, depth = 10_000): string =>
  `x = ${open.repeat(depth)}${inner}${close.repeat(depth)}\n`;
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `v${i}`);
const deep = (line: string, blank: string): string =>
  Array.from({ length: 700 }, (_, i) => `${blank.repeat(i)}${line}\n`).join('');

/** Each with the most instructions that it may make. */
const sources: { readonly [name: string]: readonly [source: string, most: number] } = {
  'nested lists': [nest('[', '', ']'), 1000],
  'nested parentheses': [nest('(', '1', ')'), 10],
  'nested sets and dicts': [nest('{1:{', '2', '}}'), 2000],
  'nested calls': [nest('f(', '', ')'), 2000],
  'nested subscripts': [nest('a[', '1', ']'), 2000],
  'nested targets': [`${'('.repeat(5000)}a${',)'.repeat(5000)} = 1\n`, 2000],
  'nested f-strings': [`x = ${'f"{'.repeat(2000)}1\n`, 2000],
  'brackets that are not closed': [`x = ${'(['.repeat(10_000)}\n`, 10],
  'nested patterns': [`match x:\n case ${'['.repeat(3000)}a${']'.repeat(3000)}: pass\n`, 2000],
  'nested types': [`def f(x: ${'list['.repeat(5000)}int${']'.repeat(5000)}): pass\n`, 20],
  'nested ifs': [deep('if a:', ' '), 2000],
  'nested functions': [deep('def f():', '\t'), 2000],
  'nested classes': [deep('class A:', ' '), 2000],
  'a sum of 20,000 texts': [`x = ${Array(20_000).fill('"a"').join(' + ')}\n`, 50_000],
  '20,000 texts side by side': [`x = ${Array(20_000).fill('"a"').join(' ')}\n`, 10],
  '20,000 times and': [`if ${Array(20_000).fill('a').join(' and ')}: pass\n`, 50_000],
  '20,000 comparisons': [`x = ${Array(20_000).fill('a').join(' < ')}\n`, 50_000],
  '5,000 conditional expressions': [`x = ${'a if b else '.repeat(5000)}c\n`, 20_000],
  '5,000 elifs': [`if a == 0: x = 0\n${'elif a == 1: x = 1\n'.repeat(5000)}print(x)\n`, 50_000],
  'a chain of 20,000 calls': [`x = a${'.b(c)'.repeat(20_000)}\n`, 100_000],
  'a path of 20,000 attributes': [`a${'.b'.repeat(20_000)} = 1\n`, 100_000],
  '20,000 targets': [`${'a = '.repeat(20_000)}1\n`, 50_000],
  '10,000 times not': [`x = ${'not '.repeat(10_000)}a\n`, 1000],
  '10,000 lambdas': [`x = ${'lambda: '.repeat(10_000)}a\n`, 2000],
  'a text that does not end': [`x = '''${'a\n'.repeat(50_000)}`, 10],
  quotes: ['"'.repeat(100_001), 10],
  backslashes: ['\\'.repeat(100_000), 10],
  words: ['def ( class : = ) if else '.repeat(5000), 50_000],
  'a byte order mark and zeros': ['\ufeff\0\0x = 1\n\0', 10],
  'half of a pair': ['x = "\ud800"\n', 10],
  '1,000 names behind 1,000 branches': [
    `${names(1000).join('=g()\n')}=1\n${'if a: pass\n'.repeat(1000)}f(${names(1000).join(',')})\n`,
    150_000,
  ],
};

const sizeOf = (module: Module): number => module.functions.reduce((sum, { code }) => sum + code.length, 0);

test.each(Object.keys(sources))('survives %s', (name) => {
  const [source, most] = sources[name] ?? ['', 0];
  const module = read('a.py', source);
  expect(sizeOf(module)).toBeLessThan(most);
  expect(verifyIr(module)).toEqual([]);
  expect(module.problems.filter(({ message }) => message.startsWith('not read'))).toEqual([]);
});

test('says where it is nested too deep', () => {
  expect(read('a.py', nest('[', '', ']')).problems).toEqual([
    { at: 403, message: 'nested more than 400 deep: not read further' },
  ]);
});
