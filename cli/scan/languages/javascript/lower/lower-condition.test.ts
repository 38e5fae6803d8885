import { expect, test } from 'vitest';
import { printed } from '../parse/printed.ts';

test('a logical assignment branches', () => {
  expect(printed('function f(a) { a.b ??= g(); return a; }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a)
      b0:
        v0 = param 0
        v1 = v0.b
        v2 = const null
        v3 = binary == v1 v2
        branch v3 b1 b2
      b1: from b0
        v4 = global g
        v5 = call v4()
        v6 = v0 with .b = v5
        jump b2
      b2: from b0 b1
        v7 = phi v1 v5
        v8 = phi v0 v6
        return v8
    "
  `);
});

test('a condition becomes branches of one value each', () => {
  expect(printed('function f(a, b, c) { if (!(a && b) || c === 1) return 1; }')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(a, b, c)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = param 2
        branch v0 b4 b2
      b1: from b3
        v6 = const undefined
        return v6
      b2: from b0 b4 b3
        v5 = const 1
        return v5
      b3: from b4
        v3 = const 1
        v4 = binary == v2 v3
        branch v4 b2 b1
      b4: from b0
        branch v1 b3 b2
    "
  `);
});

test('logical and conditional values are phis', () => {
  expect(printed('f(a || b, a ?? b, a ? b : c)')).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = global f
        v1 = global a
        branch v1 b1 b2
      b1: from b0 b2
        v3 = phi v1 v2
        v4 = global a
        v5 = const null
        v6 = binary == v4 v5
        branch v6 b4 b3
      b2: from b0
        v2 = global b
        jump b1
      b3: from b1 b4
        v8 = phi v4 v7
        v9 = global a
        branch v9 b6 b7
      b4: from b1
        v7 = global b
        jump b3
      b5: from b6 b7
        v12 = phi v10 v11
        v13 = call v0(v3, v8, v12)
        v14 = const undefined
        return v14
      b6: from b3
        v10 = global b
        jump b5
      b7: from b3
        v11 = global c
        jump b5
    "
  `);
});

test('patterns take their values apart', () => {
  expect(
    printed('function f({ a, b: [c = 1], ...d }, e = 2) { [x.y, a] = d; return a; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(, e)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = v0.a
        v3 = v0.b
        v4 = const 0
        v5 = v3[v4]
        v6 = const undefined
        v7 = binary == v5 v6
        branch v7 b1 b2
      b1: from b0
        v8 = const 1
        jump b2
      b2: from b0 b1
        v9 = phi v5 v8
        v10 = object ...v0
        v11 = const undefined
        v12 = binary == v1 v11
        branch v12 b3 b4
      b3: from b2
        v13 = const 2
        jump b4
      b4: from b2 b3
        v14 = phi v1 v13
        v16 = const 0
        v17 = v10[v16]
        v18 = global x
        v19 = v18 with .y = v17
        v20 = const 1
        v21 = v10[v20]
        return v21
    "
  `);
});
