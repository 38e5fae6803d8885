import { expect, test } from 'vitest';
import { printed } from './printed.ts';

test('a variable of one function is a value, one that functions share is a cell', () => {
  expect(
    printed('function f(a) { let b = a; b = b + 1; let c = 2; return () => c + b; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a)
      b0:
        v0 = param 0
        v1 = cell b := v0
        v2 = const 1
        v3 = binary + v0 v2
        v4 = cell b := v3
        v5 = const 2
        v6 = cell c := v5
        v7 = func <anonymous> #2
        return v7

    <anonymous>()
      b0:
        v0 = cell c
        v1 = cell b
        v2 = binary + v0 v1
        return v2
    "
  `);
});

test('a variable that an inner function writes is loaded where it is read', () => {
  expect(printed('let a = 1; function f() { a = g(); } h(a);')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const 1
        v2 = cell a := v1
        v3 = global h
        v4 = cell a
        v5 = call v3(v4)
        v6 = v4 after v5 arg 0
        v7 = cell a := v6
        v8 = const undefined
        return v8

    f()
      b0:
        v0 = global g
        v1 = call v0()
        v2 = cell a := v1
        v3 = const undefined
        return v3
    "
  `);
});

test('an import is named where it is used', () => {
  expect(
    printed(
      'import d, { a as b } from "x"; import * as n from "y"; const { c } = require("z"); f(d, b, n.m, c, () => b);',
    ),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global f
        v1 = import default from "x"
        v2 = import a from "x"
        v3 = import * from "y"
        v4 = v3.m
        v5 = import c from "z"
        v6 = func <anonymous> #1
        v7 = call v0(v1, v2, v4, v5, v6)
        v8 = const undefined
        return v8

    <anonymous>()
      b0:
        v0 = import a from "x"
        return v0
    "
  `);
});

test('this is a variable that arrow functions share', () => {
  expect(printed('function F() { this.a = 1; this.b.push(2); g(() => this.a); }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func F #1
        v1 = const undefined
        return v1

    F()
      b0:
        v0 = this
        v1 = cell this := v0
        v2 = const 1
        v3 = v0 with .a = v2
        v4 = cell this := v3
        v5 = v3.b
        v6 = v5.push
        v7 = const 2
        v8 = call v6(v7)
        v9 = v5 after v8 arg -1
        v10 = v3 with .b = v9
        v11 = cell this := v10
        v12 = global g
        v13 = func <anonymous> #2
        v14 = call v12(v13)
        v15 = const undefined
        return v15

    <anonymous>()
      b0:
        v0 = cell this
        v1 = v0.a
        return v1
    "
  `);
});

test('a store changes what is on the way to it', () => {
  expect(
    printed('function f(a, k) { a.b.c = 1; a[k].d = 2; a["e"] += 3; return a; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a, k)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = v0.b
        v3 = const 1
        v4 = v2 with .c = v3
        v5 = v0 with .b = v4
        v6 = v5[v1]
        v7 = const 2
        v8 = v6 with .d = v7
        v9 = v5 with [v1] = v8
        v10 = v9.e
        v11 = const 3
        v12 = binary + v10 v11
        v13 = v9 with .e = v12
        return v13
    "
  `);
});

test('a call may change its receiver and the variables that it is given', () => {
  expect(
    printed('function f(a, b) { a.b.push(b, ...b, 1); new G(a); String(a); return a; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = v0.b
        v3 = v2.push
        v4 = const 1
        v5 = call v3(v1, ...v1, v4)
        v6 = v2 after v5 arg -1
        v7 = v0 with .b = v6
        v8 = v1 after v5 arg 0
        v9 = global G
        v10 = call new v9(v7)
        v11 = v7 after v10 arg 0
        v12 = global String
        v13 = call v12(v11)
        return v11
    "
  `);
});

test('arguments are the parameters and what else there is', () => {
  expect(printed('function f(a) { g.apply(this, arguments); }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a, arguments)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = list v0 ...v1
        v3 = this
        v4 = global g
        v5 = v4.apply
        v6 = call v5(v3, v2)
        v7 = v2 after v6 arg 1
        v8 = const undefined
        return v8
    "
  `);
});

test('a name of a function expression is the function', () => {
  expect(printed('f(function g() { return g(); })')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global f
        v1 = func g #1
        v2 = call v0(v1)
        v3 = const undefined
        return v3

    g()
      b0:
        v0 = func g #1
        v1 = call v0()
        return v1
    "
  `);
});
