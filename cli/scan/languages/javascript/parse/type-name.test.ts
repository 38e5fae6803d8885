import { expect, test } from 'vitest';
import { readJavascript } from './read-javascript.ts';

test('types name what they were declared as', () => {
  const module = readJavascript(
    'a.ts',
    `
    import { Pool as P } from 'pg'; import * as ns from 'n'; import type D from 'd';
    class A {}
    type Alias = Promise<P | null>;
    function f(a: P, b: ns.X.Y, c: D, d: A, e: Alias, g: string, h: Readonly<Partial<P>>, i: undefined | E.F,
      j: import('k').L, k: P[], l: any, m?: P, ...n: A[]) {
      const o: P = g; return o as A;
    }`,
  );
  expect(module.functions[1]?.params.map((it) => [it.name, it.type])).toMatchInlineSnapshot(`
    [
      [
        "a",
        {
          "import": "pg",
          "path": [
            "Pool",
          ],
        },
      ],
      [
        "b",
        {
          "import": "n",
          "path": [
            "X",
            "Y",
          ],
        },
      ],
      [
        "c",
        {
          "import": "d",
          "path": [
            "default",
          ],
        },
      ],
      [
        "d",
        {
          "class": 0,
        },
      ],
      [
        "e",
        {
          "import": "pg",
          "path": [
            "Pool",
          ],
        },
      ],
      [
        "g",
        {
          "name": "string",
        },
      ],
      [
        "h",
        {
          "import": "pg",
          "path": [
            "Pool",
          ],
        },
      ],
      [
        "i",
        {
          "name": "E.F",
        },
      ],
      [
        "j",
        {
          "import": "k",
          "path": [
            "L",
          ],
        },
      ],
      [
        "k",
        undefined,
      ],
      [
        "l",
        undefined,
      ],
      [
        "m",
        {
          "import": "pg",
          "path": [
            "Pool",
          ],
        },
      ],
      [
        "n",
        undefined,
      ],
    ]
  `);
  expect(
    module.functions[1]?.code.filter((it) => it.op === 'typed').map((it) => it.type),
  ).toMatchInlineSnapshot(`
    [
      {
        "import": "pg",
        "path": [
          "Pool",
        ],
      },
      {
        "class": 0,
      },
    ]
  `);
});

test('what functions are declared to return, or to yield', () => {
  const module = readJavascript(
    'a.ts',
    `
    import type { Pool } from 'pg';
    function a(): Pool {}
    const b = async (): Promise<Pool | null> => null;
    async function* c(): AsyncGenerator<Pool, void, unknown> {}
    class D { e(): this { return this; } f() {} }`,
  );
  const pool = { import: 'pg', path: ['Pool'] };
  const declared = module.functions.slice(1).map(({ name, returns }) => [name, returns]);
  expect(Object.fromEntries(declared)).toEqual({ a: pool, b: pool, c: pool, e: undefined, f: undefined });
});
