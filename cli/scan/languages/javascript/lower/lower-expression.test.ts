import { expect, test } from 'vitest';
import { printed } from '../parse/printed.ts';

test('optional chains and literal keys are plain', () => {
  expect(printed('a?.b?.["c"]?.(1)?.[k]')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global a
        v1 = v0.b
        v2 = v1.c
        v3 = const 1
        v4 = call v2(v3)
        v5 = global k
        v6 = v4[v5]
        v7 = const undefined
        return v7
    "
  `);
});

test('texts', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
  expect(printed('f(`a${b}${c}d`, `e`, "g" + b + 1, /x+/g, sql`y${b}`)')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global f
        v1 = const "a"
        v2 = global b
        v3 = global c
        v4 = const "d"
        v5 = text v1 v2 v3 v4
        v6 = const "e"
        v7 = const "g"
        v8 = global b
        v9 = binary + v7 v8
        v10 = const 1
        v11 = binary + v9 v10
        v12 = regex /x+/g
        v13 = global sql
        v14 = global b
        v15 = call tag v13(v14)
        v16 = call v0(v5, v6, v11, v12, v15)
        v17 = const undefined
        return v17
    "
  `);
});

test('objects and lists', () => {
  expect(
    printed('f({ a, "b": 1, [k]: 2, ...c, get d() { return 3; }, m() {} }, [1, ...c])'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global f
        v1 = global a
        v2 = const 1
        v3 = global k
        v4 = const 2
        v5 = global c
        v6 = func d #1
        v7 = call v6()
        v8 = func m #2
        v9 = object a: v1, b: v2, [v3]: v4, ...v5, d: v7, m: v8
        v10 = const 1
        v11 = global c
        v12 = list v10 ...v11
        v13 = call v0(v9, v12)
        v14 = const undefined
        return v14

    d()
      b0:
        v0 = const 3
        return v0

    m()
      b0:
        v0 = const undefined
        return v0
    "
  `);
});

test('elements', () => {
  expect(printed('f(<A.B a="x" b {...p}>t {c}<></></A.B>, <div />)', 'a.jsx')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global f
        v1 = global A
        v2 = v1.B
        v3 = const "x"
        v4 = const true
        v5 = global p
        v6 = const "t"
        v7 = global c
        v8 = global <>
        v9 = object 
        v10 = call v8(v9)
        v11 = list v6 v7 v10
        v12 = object a: v3, b: v4, ...v5, children: v11
        v13 = call v2(v12)
        v14 = global <div>
        v15 = object 
        v16 = call v14(v15)
        v17 = call v0(v13, v16)
        v18 = const undefined
        return v18
    "
  `);
});

test('import and require', () => {
  expect(printed('import("a"); require("b"); require(c); import(c)')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = import * from "a"
        v1 = import * from "b"
        v2 = global require
        v3 = global c
        v4 = call v2(v3)
        v5 = global import
        v6 = global c
        v7 = call v5(v6)
        v8 = const undefined
        return v8
    "
  `);
});
