import { expect, test } from 'vitest';
import { createPythonReader } from './parse/python-reader.ts';
import { printed } from './testing/printed.ts';

const read = await createPythonReader();

test('defaults where a parameter is undefined', () => {
  expect(printed('def f(a, b=1, *c, d=g(), **e): return b, d', 'f')).toMatchInlineSnapshot(`
    "f(a, b, c, d, e)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = param 2
        v3 = param 3
        v4 = param 4
        v5 = const undefined
        v6 = binary == v1 v5
        branch v6 b1 b2
      b1: from b0
        v7 = const 1
        jump b2
      b2: from b0 b1
        v8 = phi v1 v7
        v9 = binary == v3 v5
        branch v9 b3 b4
      b3: from b2
        v10 = global g
        v11 = call v10()
        jump b4
      b4: from b2 b3
        v12 = phi v3 v11
        v13 = tuple v8 v12
        return v13"
  `);
});

test('the metadata of Annotated is a default', () => {
  expect(printed('def f(q: Annotated[str, Query()]): return q', 'f')).toMatchInlineSnapshot(`
    "f(q)
      b0:
        v0 = param 0
        v1 = const undefined
        v2 = binary == v0 v1
        branch v2 b1 b2
      b1: from b0
        v3 = global Query
        v4 = call v3()
        jump b2
      b2: from b0 b1
        v5 = phi v0 v4
        return v5"
  `);
});

test('decorators, the innermost first', () => {
  expect(printed('@a\n@b.c(1)\ndef f(): pass')).toMatchInlineSnapshot(`
    "<module>()
      b0:
        v0 = global a
        v1 = global b
        v2 = v1.c
        v3 = const 1
        v4 = call v2(v3)
        v5 = func f #1
        v6 = call decorate v4(v5)
        v7 = call decorate v0(v6)
        v8 = cell f := v7
        v9 = const undefined
        return v9"
  `);
});

test('class attributes, and a decorated method', () => {
  expect(
    printed('class A(B, metaclass=M):\n x: int = 1\n y = x\n @d\n def f(self): pass'),
  ).toMatchInlineSnapshot(`
    "<module>()
      b0:
        v0 = global B
        v1 = global M
        v2 = const 1
        v3 = v2 as {"name":"int"}
        v4 = global d
        v5 = func f #1
        v6 = call decorate v4(v5)
        v7 = class A (v0) x=v3 y=v3
        v8 = cell A := v7
        v9 = const undefined
        return v9"
  `);
});

test('self in an inner function is a captured variable', () => {
  const source = 'class A:\n def f(self):\n  return lambda: self.x';
  expect(printed(source, 'A.f')).toMatchInlineSnapshot(`
    "A.f()
      b0:
        v0 = this
        v1 = cell self := v0
        v2 = func <anonymous> #2
        return v2"
  `);
  expect(printed(source, '<anonymous>')).toMatchInlineSnapshot(`
    "<anonymous>()
      b0:
        v0 = cell self
        v1 = v0.x
        return v1"
  `);
});

test('a variable that an inner function writes is loaded from its cell', () => {
  const source = 'def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2\n g()\n return x';
  expect(printed(source, 'f')).toMatchInlineSnapshot(`
    "f()
      b0:
        v0 = const 1
        v1 = cell x := v0
        v2 = func g #2
        v3 = call v2()
        v4 = cell x
        return v4"
  `);
  expect(printed(source, 'g')).toMatchInlineSnapshot(`
    "g()
      b0:
        v0 = const 2
        v1 = cell x := v0
        v2 = const undefined
        return v2"
  `);
});

test('global writes to the module', () => {
  expect(printed('x = 1\ndef f():\n global x\n x = 2', 'f')).toMatchInlineSnapshot(`
    "f()
      b0:
        v0 = const 2
        v1 = cell x := v0
        v2 = const undefined
        return v2"
  `);
});

test('a name is a builtin until the module writes it', () => {
  expect(printed('x = open(1)\nopen = 2\ny = open')).toMatchInlineSnapshot(`
    "<module>()
      b0:
        v0 = global open
        v1 = const 1
        v2 = call v0(v1)
        v3 = cell x := v2
        v4 = const 2
        v5 = cell open := v4
        v6 = cell y := v4
        v7 = const undefined
        return v7"
  `);
});

test('methods of a class, its fields, and types of parameters', () => {
  const source = `
import fastapi
from flask import Request as R
class A:
    name: 'Optional[str]'
    def __init__(self, db: fastapi.Depends, a: A, r: R | None, u: int | str, *args: list[int]):
        self.r: R = r
    @property
    def p(self): pass
    @p.setter
    def p(self, v): pass
    @staticmethod
    def s(x): pass
    @classmethod
    def c(cls, x): pass
`;
  const module = read('a.py', source);
  const [cls] = module.classes;
  expect(cls?.methods.map(({ name, kind, func }) => `${kind} ${name} ${func}`)).toEqual([
    'method constructor 1',
    'get p 2',
    'set p 3',
    'static s 4',
    'class c 5',
  ]);
  expect(cls?.fields).toEqual([
    { name: 'name', type: { name: 'str' } },
    { name: 'r', type: { import: 'flask', path: ['Request'] } },
  ]);
  expect(module.functions[1]?.params.map(({ name, type, rest }) => ({ name, type, rest }))).toEqual([
    { name: 'db', type: { import: 'fastapi', path: ['Depends'] }, rest: undefined },
    { name: 'a', type: { class: 0 }, rest: undefined },
    { name: 'r', type: { import: 'flask', path: ['Request'] }, rest: undefined },
    { name: 'u', type: undefined, rest: undefined },
    { name: 'args', type: { name: 'int' }, rest: 'positional' },
  ]);
  expect(module.functions.map((func) => func.params.length)).toEqual([0, 5, 0, 1, 1, 1]);
});

test('what functions are declared to return, and types that have a name of their own', () => {
  const module = read(
    'a.py',
    `
from typing import Annotated, AsyncIterator
import sqlite3
Db = Annotated[sqlite3.Connection, 1]
def a() -> sqlite3.Connection: pass
async def b() -> AsyncIterator[sqlite3.Connection]: yield 1
def c(): pass
def d(db: Db, names: list[str]) -> 'sqlite3.Connection | None': pass
`,
  );
  const connection = { import: 'sqlite3', path: ['Connection'] };
  const db = module.cells.findIndex(({ name }) => name === 'Db');
  expect(module.functions.slice(1).map((func) => func.returns)).toEqual([
    connection,
    connection,
    undefined,
    connection,
  ]);
  expect(module.functions.at(-1)?.params.map(({ type }) => type)).toEqual([{ cell: db }, { name: 'list' }]);
});

test('exports, cells, comments, lines', () => {
  const source = 'from m import *\nx = 1 # bulwark: fine\n# other\ndef f(): global y; y = x\n';
  const module = read('a.py', source);
  expect(module.exports).toEqual([
    { name: 'x', cell: 0 },
    { name: 'f', cell: 1 },
    { name: 'y', cell: 2 },
    { all: 'm' },
  ]);
  expect(module.cells).toEqual([
    { name: 'x', owner: 0 },
    { name: 'f', owner: 0 },
    { name: 'y', owner: 0 },
  ]);
  expect(module.comments).toEqual([{ at: source.indexOf('#'), text: '# bulwark: fine' }]);
  expect(module.lines).toEqual([0, 16, 38, 46, 71]);
});
