import { expect, test } from 'vitest';
import { printed } from '../languages/javascript/parse/printed.ts';

test('a variable, and the object that it was read of, are told of a change', () => {
  expect(
    printed('function f(data, x) { const rows = data.rows; rows.push(x); return data; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(data, x)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = v0.rows
        v3 = v2.push
        v4 = call v3(v1)
        v5 = v2 after v4 arg -1
        v6 = v0 with .rows = v5
        v7 = v1 after v4 arg 0
        return v6
    "
  `);
});

test('another variable of the same object is told, one of a copy is not', () => {
  expect(
    printed('function f(a, x) { const b = a; const c = [...a]; b.x = x; return [a, b, c]; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a, x)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = list ...v0
        v3 = v0 with .x = v1
        v4 = list v3 v3 v2
        return v4
    "
  `);
});

test('a list that an object was put into is told, a new object of the same name is not', () => {
  expect(
    printed(
      'function f(x) { const rows = []; let row = {}; rows.push(row); row.a = x; row = {}; row.b = x; return rows; }',
    ),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(x)
      b0:
        v0 = param 0
        v1 = list 
        v2 = object 
        v3 = v1.push
        v4 = call v3(v2)
        v5 = v1 after v4 arg -1
        v6 = v2 after v4 arg 0
        v7 = v6 with .a = v0
        v8 = v5 with .0 = v7
        v9 = object 
        v10 = v9 with .b = v0
        return v8
    "
  `);
});

test('the entry of a map that a method gives is told', () => {
  expect(printed('function f(map, key, x) { map.get(key).push(x); return map; }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(map, key, x)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = param 2
        v3 = v0.get
        v4 = call v3(v1)
        v5 = v0 after v4 arg -1
        v6 = v1 after v4 arg 0
        v7 = v4.push
        v8 = call v7(v2)
        v9 = v4 after v8 arg -1
        v10 = v5 with [v1] = v9
        v11 = v2 after v8 arg 0
        return v10
    "
  `);
});

test('many changes of one object under many names end', () => {
  const names = Array.from({ length: 200 }, (_, i) => `n${i}`);
  const text = `function f(x) { const n = {}; ${names.map((name) => `const ${name} = n; ${name}.a = x;`).join(' ')} }`;
  expect(printed(text).split('\n').length).toBeLessThan(5000);
});
