import { expect, test } from 'vitest';
import { printed } from './testing/printed.ts';

test('and, or and conditional expressions are branches with a phi', () => {
  expect(printed('def f(a, b): return a or b', 'f')).toMatchInlineSnapshot(`
    "f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        branch v0 b1 b2
      b1: from b0 b2
        v2 = phi v0 v1
        return v2
      b2: from b0
        jump b1"
  `);
  expect(printed('def f(a, b): return a if b else 1', 'f')).toMatchInlineSnapshot(`
    "f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        branch v1 b2 b3
      b1: from b2 b3
        v3 = phi v0 v2
        return v3
      b2: from b0
        jump b1
      b3: from b0
        v2 = const 1
        jump b1"
  `);
});

test('a condition tests one thing at a branch', () => {
  expect(printed('def f(a, b):\n if not (a and b == 1): return 1', 'f')).toMatchInlineSnapshot(`
    "f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        branch v0 b3 b1
      b1: from b0 b3
        v4 = const 1
        return v4
      b2: from b3
        v5 = const undefined
        return v5
      b3: from b0
        v2 = const 1
        v3 = binary == v1 v2
        branch v3 b2 b1"
  `);
  expect(printed('def f(a):\n if 1 < a <= 5: return a', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = const 1
        v2 = binary < v1 v0
        branch v2 b3 b2
      b1: from b3
        return v0
      b2: from b0 b3
        v5 = const undefined
        return v5
      b3: from b0
        v3 = const 5
        v4 = binary <= v0 v3
        branch v4 b1 b2"
  `);
});

test('comparisons in one spelling', () => {
  expect(
    printed('def f(a):\n return [a is None, a is not None, a not in b, a != 1]', 'f'),
  ).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = const null
        v2 = binary == v0 v1
        v3 = const null
        v4 = binary != v0 v3
        v5 = global b
        v6 = binary not in v0 v5
        v7 = const 1
        v8 = binary != v0 v7
        v9 = list v2 v4 v6 v8
        return v9"
  `);
});

test('f-strings: constants, conversions, numeric formats', () => {
  expect(printed('def f(a): return f"x{{{a}\\n{a!r}{a:.2f}{a:>{w}}" "y"', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = const "x{"
        v2 = const "\\n"
        v3 = global repr
        v4 = call v3(v0)
        v5 = global float
        v6 = call v5(v0)
        v7 = global w
        v8 = const "y"
        v9 = text v1 v0 v2 v4 v6 v7 v0 v8
        return v9"
  `);
});

test('literals', () => {
  expect(
    printed(String.raw`x = ['a' "b" r'\n', b'\x41', '\u0042', 0x1F, 1_000, -1.5, True, None, 2j, 0o17]`),
  ).toMatchInlineSnapshot(`
    "<module>()
      b0:
        v0 = const "ab\\\\n"
        v1 = const "A"
        v2 = const "B"
        v3 = const 31
        v4 = const 1000
        v5 = const -1.5
        v6 = const true
        v7 = const null
        v8 = unknown
        v9 = const 15
        v10 = list v0 v1 v2 v3 v4 v5 v6 v7 v8 v9
        v11 = cell x := v10
        v12 = const undefined
        return v12"
  `);
});

test('collections with spreads', () => {
  expect(printed('def f(a, b): return [a, *b], {a}, {"k": a, b: 1, **b}', 'f')).toMatchInlineSnapshot(`
    "f(a, b)
      b0:
        v0 = param 0
        v1 = param 1
        v2 = list v0 ...v1
        v3 = set v0
        v4 = const "k"
        v5 = const 1
        v6 = object k: v0, [v1]: v5, ...v1
        v7 = tuple v2 v3 v6
        return v7"
  `);
});

test('comprehensions run once', () => {
  expect(printed('def f(a): return [x.b for x in a]', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = element v0
        v2 = v1.b
        v3 = list v2
        return v3"
  `);
  expect(printed('def f(a): return {k: v for k, v in a if v}', 'f')).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = element v0
        v2 = const 0
        v3 = v1[v2]
        v4 = const 1
        v5 = v1[v4]
        branch v5 b2 b1
      b1: from b0
        v7 = object 
        jump b3
      b2: from b0
        v6 = object [v3]: v5
        jump b3
      b3: from b2 b1
        v8 = phi v6 v7
        return v8"
  `);
});

test('subscripts, slices, await, yield, lambda, walrus', () => {
  expect(
    printed('async def f(a):\n if (n := await a[0]): yield a[1:n]\n return lambda: n', 'f'),
  ).toMatchInlineSnapshot(`
    "f(a)
      b0:
        v0 = param 0
        v1 = const 0
        v2 = v0[v1]
        v3 = await v2
        v4 = cell n := v3
        branch v3 b1 b2
      b1: from b0
        v5 = const 1
        v6 = slice v0 from v5 to v3
        v7 = yield v6
        jump b2
      b2: from b0 b1
        v8 = func <anonymous> #2
        return v8"
  `);
});
