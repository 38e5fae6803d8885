import { expect, test } from 'vitest';
import { printed } from './testing/printed.ts';

test('keywords and spreads', () => {
  expect(printed('def f(a, b): return g(1, *a, k=b, **b)', 'f')).toMatchInlineSnapshot(`
    "f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = global g
        v3 = const 1
        v4 = call v2(v3, ...v0, k=v1, ...**=v1)
        v5 = v1 after v4 arg 2
        return v4"
  `);
});

test('a call may change its receiver and its arguments', () => {
  expect(printed('def f(a, b):\n a.b["k"].append(b)\n return a', 'f')).toMatchInlineSnapshot(`
    "f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = v0.b
        v3 = const "k"
        v4 = v2[v3]
        v5 = v4.append
        v6 = call v5(v1)
        v7 = v4 after v6 arg -1
        v8 = v2 with [v3] = v7
        v9 = v0 with .b = v8
        v10 = v1 after v6 arg 0
        return v9"
  `);
});

test('a call changes no imported module, and print changes nothing', () => {
  expect(printed('import os\ndef f(a):\n os.path.join(os.sep)\n print(a)', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = import * from "os"
        v2 = v1.path
        v3 = v2.join
        v4 = v1.sep
        v5 = call v3(v4)
        v6 = global print
        v7 = call v6(v0)
        v8 = const undefined
        return v8"
  `);
});

test('the receiver in a cell of another function is stored back', () => {
  expect(printed('a = []\ndef f(b): a.append(b)', 'f')).toMatchInlineSnapshot(`
    "f(b)
      b0:
        v0 = param 0
        v1 = cell a
        v2 = v1.append
        v3 = call v2(v0)
        v4 = v1 after v3 arg -1
        v5 = cell a := v4
        v6 = v0 after v3 arg 0
        v7 = const undefined
        return v7"
  `);
});

test('super and explicit calls of a base class', () => {
  const source =
    'class A(B):\n def __init__(self, x):\n  super().__init__(x)\n  B.__init__(self, x)\n  super(A, self).go()';
  expect(printed(source, 'A.constructor')).toMatchInlineSnapshot(`
    "A.constructor(x)
      b0:
        v0 = this
        v1 = param 0
        v2 = super
        v3 = v2.constructor
        v4 = call v3(v1)
        v5 = v0 after v4 arg -1
        v6 = v1 after v4 arg 0
        v7 = global B
        v8 = v7.constructor
        v9 = call v8(v5, v6)
        v10 = v5 after v9 arg 0
        v11 = v6 after v9 arg 1
        v12 = super
        v13 = v12.go
        v14 = call v13()
        v15 = v10 after v14 arg -1
        v16 = const undefined
        return v16"
  `);
});

test('a chain of calls', () => {
  expect(printed('def f(q): return q.a(1).b(2)', 'f')).toMatchInlineSnapshot(`
    "f(q)
      b0:
        v0 = param 0
        v1 = v0.a
        v2 = const 1
        v3 = call v1(v2)
        v4 = v0 after v3 arg -1
        v5 = v3.b
        v6 = const 2
        v7 = call v5(v6)
        return v7"
  `);
});

test('a call changes no class of the module', () => {
  expect(printed('class A: pass\ndef f(b):\n return A.all.get(b)', 'f')).toMatchInlineSnapshot(`
    "f(b)
      b0:
        v0 = param 0
        v1 = cell A
        v2 = v1.all
        v3 = v2.get
        v4 = call v3(v0)
        v5 = v0 after v4 arg 0
        return v4"
  `);
});
