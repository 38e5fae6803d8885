import { expect, test } from 'vitest';
import type { Module } from '../../../ir/ir.ts';
import { printIr } from '../../../ir/print-ir.ts';
import { verifyIr } from '../../../ir/verify-ir.ts';
import { readJavascript } from '../parse/read-javascript.ts';

function read(text: string, path = 'a.ts'): Module {
  const module = readJavascript(path, text);
  expect(module.problems).toEqual([]);
  expect(verifyIr(module)).toEqual([]);
  return module;
}

test('a class has methods, fields and a function that sets them', () => {
  const module = read(`
    import { Pool } from 'pg';
    class A extends B {
      #p = 1; static s = 2; q: Pool;
      static { this.t = 3; }
      constructor(private db: Pool, x?) { super(x); super.m(); }
      get g() { return this.#p; }
      set g(v) {}
      static h() {}
      ['i']() {}
    }`);
  expect(module.classes).toMatchInlineSnapshot(`
    [
      {
        "at": 36,
        "end": 281,
        "fields": [
          {
            "name": "q",
            "type": {
              "import": "pg",
              "path": [
                "Pool",
              ],
            },
          },
          {
            "name": "db",
            "type": {
              "import": "pg",
              "path": [
                "Pool",
              ],
            },
          },
        ],
        "init": 6,
        "methods": [
          {
            "func": 1,
            "kind": "method",
            "name": "constructor",
          },
          {
            "func": 2,
            "kind": "get",
            "name": "g",
          },
          {
            "func": 3,
            "kind": "set",
            "name": "g",
          },
          {
            "func": 4,
            "kind": "static",
            "name": "h",
          },
          {
            "func": 5,
            "kind": "method",
            "name": "i",
          },
        ],
        "name": "A",
      },
    ]
  `);
  expect(`\n${printIr(module)}`).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global B
        v1 = const 2
        v2 = class A (v0) s=v1
        v3 = const 3
        v4 = v2 with .t = v3
        v5 = const undefined
        return v5

    A.constructor(db, x)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = this
        v3 = v2 with .db = v0
        v4 = super
        v5 = call v4(v1)
        v6 = v1 after v5 arg 0
        v7 = super
        v8 = v7.m
        v9 = call v8()
        v10 = const undefined
        return v10

    A.g()
      b0:
        v0 = this
        v1 = v0.#p
        return v1

    A.g(v)
      b0:
        v0 = param 0
        v1 = const undefined
        return v1

    A.h()
      b0:
        v0 = const undefined
        return v0

    A.i()
      b0:
        v0 = const undefined
        return v0

    A.init()
      b0:
        v0 = this
        v1 = const 1
        v2 = v0 with .#p = v1
        v3 = const undefined
        return v3
    "
  `);
});

test('a class expression knows its own name', () => {
  expect(
    `\n${printIr(read('const A = class B { m() { return new B(); } }; new A();'))}`,
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = class B ()
        v1 = cell B := v0
        v2 = call new v0()
        v3 = const undefined
        return v3

    B.m()
      b0:
        v0 = cell B
        v1 = call new v0()
        return v1
    "
  `);
});

test('decorators are calls', () => {
  expect(
    `\n${printIr(read('@C() class A { @P() p: string; @Get("x") m(@Q() q) { return q; } }'))}`,
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global P
        v1 = call v0()
        v2 = call decorate v1()
        v3 = func m #1
        v4 = global Get
        v5 = const "x"
        v6 = call v4(v5)
        v7 = call decorate v6(v3)
        v8 = class A ()
        v9 = global C
        v10 = call v9()
        v11 = call decorate v10(v8)
        v12 = const undefined
        return v12

    A.m(q)
      b0:
        v0 = param 0
        v1 = global Q
        v2 = call v1()
        v3 = call decorate v2(v0)
        return v3
    "
  `);
});
