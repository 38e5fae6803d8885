import { expect, test } from 'vitest';
import { printed } from './testing/printed.ts';

test('stores go back to the variable', () => {
  expect(
    printed('def f(a, v):\n a.b.c = v\n a["k"] = v\n a[v].x += 1\n return a', 'f'),
  ).toMatchInlineSnapshot(`
    "f(a, v)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = v0.b
        v3 = v2 with .c = v1
        v4 = v0 with .b = v3
        v5 = const "k"
        v6 = v4 with [v5] = v1
        v7 = v6[v1]
        v8 = v7.x
        v9 = const 1
        v10 = binary + v8 v9
        v11 = v7 with .x = v10
        v12 = v6 with [v1] = v11
        return v12"
  `);
});

test('targets are taken apart', () => {
  expect(printed('def f(v):\n a, (b, *c) = d = v\n return a, b, c, d', 'f')).toMatchInlineSnapshot(`
    "f(v)
      b0:
        v0 = param 0
        v1 = const 0
        v2 = v0[v1]
        v3 = const 1
        v4 = v0[v3]
        v5 = const 0
        v6 = v4[v5]
        v7 = const 1
        v8 = slice v4 from v7
        v9 = tuple v2 v6 v8 v0
        return v9"
  `);
});

test('loops with else, break and continue', () => {
  expect(
    printed('def f(a):\n for x in a:\n  if x: continue\n  if x.y: break\n else:\n  g()\n return x', 'f'),
  ).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v8 = const undefined
        v0 = param 0
        jump b1
      b1: from b0 b5 b8
        v7 = phi v8 v2 v2
        v1 = unknown
        branch v1 b2 b4
      b2: from b1
        v2 = element v0
        branch v2 b5 b6
      b3: from b7 b4
        v6 = phi v2 v7
        return v6
      b4: from b1
        v4 = global g
        v5 = call v4()
        jump b3
      b5: from b2
        jump b1
      b6: from b2
        v3 = v2.y
        branch v3 b7 b8
      b7: from b6
        jump b3
      b8: from b6
        jump b1"
  `);
  expect(printed('def f(a):\n while a:\n  a = a.next\n return a', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        jump b1
      b1: from b0 b2
        v1 = phi v0 v2
        branch v1 b2 b3
      b2: from b1
        v2 = v1.next
        jump b1
      b3: from b1
        return v1"
  `);
});

test('handlers are reached from all over the body; finally is behind everything', () => {
  const source = `
def f(a):
    try:
        x = g()
        raise a
    except (E, F) as e:
        h(e)
    except K:
        return 1
    finally:
        done()
    return x`;
  expect(printed(source, 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v19 = const undefined
        v0 = param 0
        v1 = unknown
        branch v1 b2 b1
      b1: from b0 b2 b3
        v18 = phi v19 v3 v3
        v5 = unknown
        branch v5 b4 b5
      b2: from b0
        v2 = global g
        v3 = call v2()
        v4 = unknown
        branch v4 b3 b1
      b3: from b2
        jump b1
      b4: from b1
        v6 = global E
        v7 = global F
        v8 = tuple v6 v7
        v9 = caught v8
        v10 = global h
        v11 = call v10(v9)
        v12 = v9 after v11 arg 0
        jump b6
      b5: from b1
        v13 = unknown
        branch v13 b7 b8
      b6: from b4 b8
        v15 = global done
        v16 = call v15()
        return v18
      b7: from b5
        v14 = const 1
        return v14
      b8: from b5
        jump b6"
  `);
});

test('with is transparent', () => {
  expect(printed('def f(a):\n with open(a) as b, c: b.write(c)', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = global open
        v2 = call v1(v0)
        v3 = global c
        v4 = v2.write
        v5 = global c
        v6 = call v4(v5)
        v7 = v2 after v6 arg -1
        v8 = const undefined
        return v8"
  `);
  expect(printed('def f(a):\n with (open(a) as b, c): return b', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = global open
        v2 = call v1(v0)
        v3 = global c
        return v2"
  `);
});

test('assert, del, return', () => {
  expect(printed('def f(a):\n assert a, "no"\n del a.b\n return', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        branch v0 b1 b2
      b1: from b0
        v2 = v0.b
        v3 = unary delete v2
        v4 = const null
        return v4
      b2: from b0
        v1 = const "no"
        throw v1"
  `);
});

test('match', () => {
  const source = `
def f(a):
    match a:
        case 'x' | -1: return 1
        case [b, *c] if b: return c
        case {'k': d, **e}: return d, e
        case P(x=A.B) as g: return g
        case other: return other`;
  expect(printed(source, 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = const "x"
        v2 = binary == v0 v1
        branch v2 b2 b3
      b1: from b2 b4
        v5 = const 1
        return v5
      b2: from b0
        jump b1
      b3: from b0
        v3 = const -1
        v4 = binary == v0 v3
        branch v4 b4 b5
      b4: from b3
        jump b1
      b5: from b3
        v6 = unknown
        branch v6 b6 b7
      b6: from b5
        v7 = const 0
        v8 = v0[v7]
        branch v8 b8 b7
      b7: from b5 b6
        v9 = unknown
        branch v9 b9 b10
      b8: from b6
        return v0
      b9: from b7
        v10 = const "k"
        v11 = v0[v10]
        v12 = tuple v11 v0
        return v12
      b10: from b7
        v13 = global P
        v14 = global isinstance
        v15 = call v14(v0, v13)
        branch v15 b11 b12
      b11: from b10
        v16 = v0.x
        v17 = global A
        v18 = v17.B
        v19 = binary == v16 v18
        branch v19 b13 b12
      b12: from b10 b11
        return v0
      b13: from b11
        return v0"
  `);
});

test('imports', () => {
  expect(
    printed('import a.b, c.d as e\nfrom ..f import g as h\ntry:\n import i\nexcept ImportError:\n i = None'),
  ).toMatchInlineSnapshot(`
    "<module>()
      b0:
        v0 = import * from "a"
        v1 = cell a := v0
        v2 = import * from "c.d"
        v3 = cell e := v2
        v4 = import g from "..f"
        v5 = cell h := v4
        v6 = unknown
        branch v6 b2 b1
      b1: from b0 b2
        v10 = const null
        v11 = cell i := v10
        jump b4
      b2: from b0
        v7 = import * from "i"
        v8 = cell i := v7
        v9 = unknown
        branch v9 b3 b1
      b3: from b2
        jump b4
      b4: from b3 b1
        v12 = const undefined
        return v12"
  `);
});
