import { expect, test } from 'vitest';
import type { Module } from '../../../ir/ir.ts';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readJavascript } from './read-javascript.ts';

/** Each export as `name: what`. */
function exportsOf(text: string, path = 'a.ts'): string[] {
  const module = readJavascript(path, text);
  expect(module.problems).toEqual([]);
  expect(verifyIr(module)).toEqual([]);
  return module.exports.map((it) => {
    if ('all' in it) return `* from ${it.all}`;
    if ('from' in it) return `${it.name}: ${it.imported} from ${it.from}`;
    if ('cell' in it) return `${it.name}: cell ${module.cells[it.cell]?.name}`;
    return `${it.name}: ${describe(module, it.func, it.value)}`;
  });
}

function describe(module: Module, func: number, value: number): string {
  const inst = module.functions[func]?.code[value];
  return inst?.op === 'import' ? `import ${inst.name} from ${inst.specifier}` : (inst?.op ?? 'nothing');
}

test.each([
  ['export const a = 1, { b, c: [d] } = x;', ['a: cell a', 'b: cell b', 'd: cell d']],
  ['export function f() {} export class C {}', ['f: cell f', 'C: cell C']],
  ['const a = 1; export { a as b, a as "c d" };', ['b: cell a', 'c d: cell a']],
  ['export { a as b, default as c } from "x";', ['b: a from x', 'c: default from x']],
  ['export * from "x"; export * as n from "y";', ['* from x', 'n: import * from y']],
  ['import { a } from "x"; import * as n from "y"; export { a, n };', ['a: a from x', 'n: import * from y']],
  ['export default function f() {}', ['default: cell f']],
  ['export default class {}', ['default: class']],
  ['export default () => 1;', ['default: func']],
  ['const a = f(); export default a;', ['default: cell a']],
  [
    'export type T = 1; export interface I {} export declare const q: 1; export type { X } from "x";',
    ['X: X from x'],
  ],
  ['export enum E { A } export namespace N { export const x = 1; }', ['E: cell E', 'N: cell N']],
  ['const a = 1; export = a;', ['=: const']],
  ['export import x = require("y"); export { x as z };', ['x: import * from y', 'z: import * from y']],
])('%s', (text, expected) => {
  expect(exportsOf(text)).toEqual(expected);
});

test.each([
  ['module.exports = { a };', ['=: object']],
  ['exports = module.exports = function () {};', ['=: func']],
  ['exports.a = 1; module.exports.b = f();', ['a: const', 'b: call']],
  ['exports.a = exports.b = void 0; exports.a = 1;', ['a: const']],
  ['exports.a = 1; exports.a();', ['a: cell exports.a']],
  [
    'Object.defineProperty(exports, "a", { enumerable: true, get: function () { return x.y; } });',
    ['a: call'],
  ],
  ['Object.defineProperty(exports, "__esModule", { value: true });', []],
  [
    '__exportStar(require("x"), exports); tslib_1.__exportStar(require("y"), exports);',
    ['* from x', '* from y'],
  ],
  ['(function (exports) { exports.a = 1; })({});', []],
])('%s', (text, expected) => {
  expect(exportsOf(text, 'a.js')).toEqual(expected);
});
