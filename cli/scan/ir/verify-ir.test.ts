import { expect, test } from 'vitest';
import type { Block, Func, Inst, Module } from './ir.ts';
import { verifyIr } from './verify-ir.ts';

const place = { at: 0, end: 1 };
const returns: Block = { code: [0], preds: [], end: { kind: 'return', value: 0 } };

function module(code: readonly Inst[], blocks: readonly Block[], more: Partial<Module> = {}): Module {
  const func: Func = {
    name: 'f',
    params: [],
    code,
    blocks,
    outer: -1,
    class: -1,
    async: false,
    generator: false,
    ...place,
  };
  return {
    path: 'a',
    language: 'python',
    functions: [func],
    classes: [],
    cells: [],
    exports: [],
    problems: [],
    comments: [],
    lines: [0],
    ...more,
  };
}

const none: Inst = { op: 'unknown', ...place };

test('a sound module has no problem', () => {
  expect(verifyIr(module([none], [returns]))).toEqual([]);
});

test.each<[string, Module]>([
  ['no operand v7', module([{ op: 'await', value: 7, ...place }], [returns])],
  ['no parameter 0', module([{ op: 'param', index: 0, ...place }], [returns])],
  ['no function 3', module([{ op: 'func', func: 3, ...place }], [returns])],
  ['no class 0', module([{ op: 'class', class: 0, bases: [], names: [], values: [], ...place }], [returns])],
  ['no cell 0', module([{ op: 'cell-load', cell: 0, ...place }], [returns])],
  ['its place is 2 to 1', module([{ op: 'unknown', at: 2, end: 1 }], [returns])],
  ['v0 is no call', module([{ op: 'effect', call: 0, arg: -1, value: 0, ...place }], [returns])],
  ['1 instructions stand in no block', module([none, { op: 'this', ...place }], [returns])],
  ['v0 stands twice', module([none], [{ ...returns, code: [0, 0] }])],
  ['b0 leads to no block b5', module([none], [{ ...returns, end: { kind: 'jump', to: 5 } }])],
  ['b0 has the predecessors 0 instead of ', module([none], [{ ...returns, preds: [0] }])],
  ['a phi of 1 inputs', module([{ op: 'phi', inputs: [0], ...place }], [returns])],
  ['no value 4 in function 0', module([none], [returns], { exports: [{ name: 'a', value: 4, func: 0 }] })],
  ['no cell 2', module([none], [returns], { exports: [{ name: 'a', cell: 2 }] })],
  ['owner 8 is no function', module([none], [returns], { cells: [{ name: 'a', owner: 8 }] })],
])('%s', (problem, broken) => {
  expect(verifyIr(broken).join('\n')).toContain(problem);
});
