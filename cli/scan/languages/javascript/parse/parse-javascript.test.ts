import { expect, test } from 'vitest';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readJavascript } from './read-javascript.ts';

test('offsets are in UTF-16 units, and lines are where they begin', () => {
  const text = '/* \u{1d4b3} */ f("\u00e9");\r\n// bulwark-ignore \u{1d4b3}\ng();';
  const module = readJavascript('a.ts', text);
  const calls = module.functions[0]?.code.filter((it) => it.op === 'call') ?? [];
  expect(calls.map((it) => text.slice(it.at, it.end))).toEqual(['f("\u00e9")', 'g()']);
  expect(module.lines.map((at) => text[at])).toEqual(['/', '/', 'g']);
  expect(module.comments).toEqual([{ at: text.indexOf('//'), text: ' bulwark-ignore \u{1d4b3}' }]);
});

test('only comments that speak to the scanner are kept', () => {
  expect(readJavascript('a.js', '/* a */ f("bulwark"); // b').comments).toEqual([]);
});

test.each([
  ['a.js', 'return 1;'],
  ['a.js', 'with (a) b = 010;'],
  ['a.js', '#!/usr/bin/env node\nf();'],
  [
    'a.js',
    '// @flow\ntype P = {| a: string |}; function f(x: ?P): string { return (x: any).a; } export type { P };',
  ],
  ['a.js', 'import typeof T from "x"; opaque type Q = string; <div>{f}</div>;'],
  ['a.jsx', '<a>{b}</a>;'],
  ['a.mts', 'const a = <T,>(b: T) => b satisfies T; await a!;'],
  ['a.cts', 'import a = require("b"); export = a;'],
  ['a.tsx', 'const a = <T,>(b: T) => <b>{b as T}</b>;'],
  ['a.ts', 'const a = <any>b;'],
  ['a.d.ts', 'export declare const a: string;'],
  ['a.mjs', 'export default await import("x");'],
  ['a', 'f();'],
])('%s is read: %s', (path, text) => {
  const module = readJavascript(path, text);
  expect(module.problems).toEqual([]);
  expect(verifyIr(module)).toEqual([]);
});

test('of a file that cannot be read the module is empty, and says where it went wrong', () => {
  const module = readJavascript('a.ts', 'f();\nconst = 1;');
  expect(module.problems).toEqual([{ at: 11, message: 'Unexpected token' }]);
  expect(module.functions).toHaveLength(1);
  expect(verifyIr(module)).toEqual([]);
});

test('the same text gives the same module', () => {
  const text = 'class A { b = () => this.c } export const d = new A(), { e = 1 } = d;';
  expect(JSON.stringify(readJavascript('a.ts', text))).toBe(JSON.stringify(readJavascript('a.ts', text)));
});
