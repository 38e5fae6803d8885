import { expect, test } from 'vitest';
import { FunctionBuilder } from './function-builder.ts';
import type { Func, Module } from './ir.ts';
import { printIr } from './print-ir.ts';
import { verifyIr } from './verify-ir.ts';

const head = { name: 'f', outer: -1, class: -1, async: false, generator: false, at: 0, end: 9 };

function builder(): FunctionBuilder {
  return new FunctionBuilder(head);
}

function printed(func: Func): string {
  const module: Module = {
    path: 'a',
    language: 'javascript',
    functions: [func],
    classes: [],
    cells: [],
    exports: [],
    problems: [],
    comments: [],
    lines: [0],
  };
  expect(verifyIr(module)).toEqual([]);
  return `\n${printIr(module)}`;
}

const unknown = { op: 'unknown' } as const;

test('a value that two branches wrote is a phi where they meet', () => {
  const b = builder();
  const x = {};
  b.write(x, b.emit({ op: 'const', value: 1 }, 1, 2));
  const [yes, join] = [b.block(), b.block()];
  b.branch(b.emit(unknown, 2, 3), yes, join);
  b.start(yes);
  b.write(x, b.emit({ op: 'const', value: 2 }, 3, 4));
  b.jump(join);
  b.start(join);
  b.return(b.read(x));
  expect(printed(b.finish([]))).toBe(`
f()
  b0:
    v0 = const 1
    v1 = unknown
    branch v1 b1 b2
  b1: from b0
    v2 = const 2
    jump b2
  b2: from b0 b1
    v3 = phi v0 v2
    return v3
`);
});

test('the phi of a loop has the value of its body, once the head is sealed', () => {
  const b = builder();
  const x = {};
  b.write(x, b.emit({ op: 'const', value: 1 }, 1, 2));
  const [head, body, exit] = [b.block(), b.block(), b.block()];
  b.jump(head);
  b.start(head, 'open');
  b.branch(b.read(x), body, exit);
  b.start(body);
  b.write(x, b.emit(unknown, 2, 3));
  b.jump(head);
  b.seal(head);
  b.start(exit);
  b.return(b.read(x));
  expect(printed(b.finish([]))).toBe(`
f()
  b0:
    v0 = const 1
    jump b1
  b1: from b0 b2
    v1 = phi v0 v2
    branch v1 b2 b3
  b2: from b1
    v2 = unknown
    jump b1
  b3: from b1
    return v1
`);
});

test('a variable that was never written is undefined', () => {
  const b = builder();
  b.return(b.read({}));
  expect(printed(b.finish([]))).toBe('\nf()\n  b0:\n    v0 = const undefined\n    return v0\n');
});

test('what is written behind the end of a block is in a block that nothing leads to', () => {
  const b = builder();
  b.return(b.emit(unknown, 1, 2));
  expect(b.ended).toBe(true);
  b.emit({ op: 'const', value: 1 }, 3, 4);
  expect(b.ended).toBe(false);
  expect(printed(b.finish([]))).toBe(`
f()
  b0:
    v0 = unknown
    return v0
  b1:
    v1 = const 1
    v2 = const undefined
    return v2
`);
});

test('a block ends once', () => {
  const b = builder();
  const [one, two] = [b.block(), b.block()];
  b.jump(one);
  b.jump(two);
  const { blocks } = b.finish([]);
  expect(blocks.map((it) => it.preds)).toEqual([[], [0], []]);
});

test('a long function does not overflow the stack', () => {
  const b = builder();
  const x = {};
  b.write(x, b.emit(unknown, 0, 1));
  for (let i = 0; i < 20_000; i++) {
    const [yes, join] = [b.block(), b.block()];
    b.branch(b.emit(unknown, 0, 1), yes, join);
    b.start(yes);
    b.jump(join);
    b.start(join);
  }
  b.return(b.read(x));
  expect(b.finish([]).blocks).toHaveLength(40_001);
});
