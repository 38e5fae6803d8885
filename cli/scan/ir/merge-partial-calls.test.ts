import { expect, test } from 'vitest';
import { printed } from '../languages/javascript/parse/printed.ts';

test('a call of what bind gave is the call of the function, with what was bound in front', () => {
  expect(
    printed('function f(g, a, b) { const h = g.bind(null, a); h(b); return b; }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(g, a, b)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = param 2
        v3 = v0.bind
        v4 = const null
        v5 = call v3(v4, v1)
        v6 = v0 after v5 arg -1
        v7 = v1 after v5 arg 1
        v8 = call v0(v1, v2)
        v9 = v2 after v8 arg 1
        return v9
    "
  `);
});

test('a bound function that is bound again keeps all arguments', () => {
  expect(
    printed('function f(g, a, b, c) { return g.bind(null, a).bind(null, b)(c); }'),
  ).toMatchInlineSnapshot(`
    "
    <anonymous>()
      b0:
        v0 = func f #1
        v1 = const undefined
        return v1

    f(g, a, b, c)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = param 2
        v3 = param 3
        v4 = v0.bind
        v5 = const null
        v6 = call v4(v5, v1)
        v7 = v0 after v6 arg -1
        v8 = v1 after v6 arg 1
        v9 = v6.bind
        v10 = const null
        v11 = call v9(v10, v2)
        v12 = v2 after v11 arg 1
        v13 = call v0(v1, v2, v3)
        v14 = v3 after v13 arg 2
        return v13
    "
  `);
});
