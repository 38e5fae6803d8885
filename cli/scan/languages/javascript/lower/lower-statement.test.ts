import { expect, test } from 'vitest';
import { printed } from '../parse/printed.ts';

test('loops', () => {
  expect(printed('for (let i = 0; i < 3; i++) { if (i) continue; f(i); }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = const 0
        jump b1
      b1: from b0 b3
        v1 = phi v0 v9
        v2 = const 3
        v3 = binary < v1 v2
        branch v3 b2 b4
      b2: from b1
        branch v1 b6 b5
      b3: from b6 b5
        v7 = phi v1 v6
        v8 = const 1
        v9 = binary + v7 v8
        jump b1
      b4: from b1
        v10 = const undefined
        return v10
      b5: from b2
        v4 = global f
        v5 = call v4(v1)
        v6 = v1 after v5 arg 0
        jump b3
      b6: from b2
        jump b3
    "
  `);
  expect(printed('out: for (const [k, v] of m) for (const x in v) break out;')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global m
        jump b1
      b1: from b0 b6
        v1 = unknown
        branch v1 b2 b3
      b2: from b1
        v2 = element v0
        v3 = const 0
        v4 = v2[v3]
        v5 = const 1
        v6 = v2[v5]
        jump b4
      b3: from b1 b5
        v9 = const undefined
        return v9
      b4: from b2
        v7 = unknown
        branch v7 b5 b6
      b5: from b4
        v8 = key v6
        jump b3
      b6: from b4
        jump b1
    "
  `);
  expect(printed('do { f(); } while (a && b)')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        jump b1
      b1: from b0 b4
        v0 = global f
        v1 = call v0()
        jump b2
      b2: from b1
        v2 = global a
        branch v2 b4 b3
      b3: from b2 b4
        v4 = const undefined
        return v4
      b4: from b2
        v3 = global b
        branch v3 b1 b3
    "
  `);
});

test('switch', () => {
  expect(printed('switch (a) { case 1: f(); case 2: g(); break; default: h(); }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global a
        v1 = const 1
        v2 = binary == v0 v1
        branch v2 b2 b5
      b1: from b3 b4
        v11 = const undefined
        return v11
      b2: from b0
        v5 = global f
        v6 = call v5()
        jump b3
      b3: from b5 b2
        v7 = global g
        v8 = call v7()
        jump b1
      b4: from b6
        v9 = global h
        v10 = call v9()
        jump b1
      b5: from b0
        v3 = const 2
        v4 = binary == v0 v3
        branch v4 b3 b6
      b6: from b5
        jump b4
    "
  `);
});

test('try', () => {
  expect(
    printed('try { f(); throw g(); } catch ({ message }) { h(message); } finally { i(); }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = unknown
        branch v0 b3 b2
      b1: from b2
        v11 = global i
        v12 = call v11()
        v13 = const undefined
        return v13
      b2: from b0 b3 b4
        v6 = caught
        v7 = v6.message
        v8 = global h
        v9 = call v8(v7)
        v10 = v7 after v9 arg 0
        jump b1
      b3: from b0
        v1 = global f
        v2 = call v1()
        v3 = unknown
        branch v3 b4 b2
      b4: from b3
        v4 = global g
        v5 = call v4()
        jump b2
    "
  `);
});

test('enums and namespaces are objects', () => {
  expect(
    printed('enum E { A, B = 5, C } namespace N.M { export const x = 1; export function f() {} }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = const 0
        v1 = const 5
        v2 = const 6
        v3 = object A: v0, B: v1, C: v2
        v4 = func f #1
        v5 = const 1
        v6 = object x: v5, f: v4
        v7 = object M: v6
        v8 = const undefined
        return v8

    f()
      b0:
        v0 = const undefined
        return v0
    "
  `);
});

test('what has no code', () => {
  expect(
    printed(
      'declare const a; declare module "x" { let y; } function f(a): void; interface I {} type T = I; abstract class Q { abstract m(): void }',
    ),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = class Q ()
        v1 = const undefined
        return v1
    "
  `);
});
