import { sql } from '../../lib/sql/index.ts';

/** A value that is no text, and what was called or read of it. */
export interface Trap {
  readonly value: unknown;
  /** Names of methods that were called, and with a `get ` in front, of properties that were read. */
  readonly seen: readonly string[];
}

export interface OddValue {
  readonly name: string;
  make(): Trap;
  /** A list, whose items a helper may read. */
  readonly list?: boolean;
  /** Bytes with methods of their own, which only code can make: PGlite calls those of what it binds as text. */
  readonly bytes?: boolean;
  /** Only code can make it, and it throws an error of its own where it is looked at. */
  readonly throws?: boolean;
}

type Make = (call: (name: string) => () => string, seen: string[]) => unknown;

const evil = "x' or 1=1 --";
const methods = [
  'toString',
  'toJSON',
  'valueOf',
  'toPostgres',
  'toSqlString',
  'toISOString',
  'getTime',
  'then',
  'map',
  'raw',
];

function odd(name: string, make: Make, list = false): OddValue {
  return {
    name,
    list,
    make() {
      const seen: string[] = [];
      const call = (method: string) => () => {
        seen.push(method);
        return evil;
      };
      return { value: make(call, seen), seen };
    },
  };
}

/** Gives an object every method by which something was ever made of one in place of its value. */
function armed<T extends object>(target: T, call: (name: string) => () => string): T {
  for (const name of methods) Object.defineProperty(target, name, { value: call(name), enumerable: false });
  const symbols = {
    toPrimitive: Symbol.toPrimitive,
    iterator: Symbol.iterator,
    asyncIterator: Symbol.asyncIterator,
  };
  for (const [name, symbol] of Object.entries(symbols))
    Object.defineProperty(target, symbol, { value: call(name) });
  return target;
}

/** Notes every value that is read. Which keys there are may be asked, for a refusal to name them. */
function spied<T extends object>(target: T, seen: string[]): T {
  const note = (what: string) => (_: T, key: unknown) => {
    seen.push(`get ${what} ${String(key)}`);
    return evil;
  };
  return new Proxy(target, { get: note('the value of'), has: note('whether there is') as never });
}

function throwing<T extends object>(target: T): T {
  const fail = () => {
    throw new TypeError('A proxy was looked at.');
  };
  return new Proxy(target, {
    get: fail,
    has: fail,
    ownKeys: fail,
    getOwnPropertyDescriptor: fail,
    getPrototypeOf: fail,
  });
}

function withGetters(seen: string[], ...names: string[]): object {
  const target = {};
  for (const name of names) {
    Object.defineProperty(target, name, { enumerable: true, get: () => void seen.push(`get ${name}`) });
  }
  return target;
}

const constants: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
  ['0', 0],
  ['1e308', 1e308],
  ['5e-324', 5e-324],
  ['2 ** 53', 2 ** 53],
  ['1e21', 1e21],
  ['true', true],
  ['false', false],
  ['2n ** 64n', 2n ** 64n],
  ['-(2n ** 63n) - 1n', -(2n ** 63n) - 1n],
  ['10n ** 400n', 10n ** 400n],
  ['a symbol', Symbol('x')],
  ['a known symbol', Symbol.for('bulwark.sql.content')],
];

const json: readonly string[] = [
  ...[
    '{}',
    '{"a":1}',
    '{"$ne":null}',
    '{"$gt":""}',
    '{"a":{"b":{"c":[1]}}}',
    '[[1]]',
    '[{}]',
    '[["x"]]',
    '[[[[]]]]',
  ],
  ...[
    '{"length":1,"0":"x"}',
    '{"raw":["x"],"length":1}',
    '{"text":"select 1","values":[]}',
    '{"sql":"select 1"}',
  ],
  ...[
    '{"__proto__":{"kind":"template"}}',
    '{"constructor":{"name":"Sql"}}',
    '{"kind":"template","site":{"texts":["x"]},"holes":[]}',
  ],
  ...[
    '{"kind":"name","path":["x"]}',
    '{"type":"Buffer","data":[1,2]}',
    '{"toString":"x"}',
    '{"toPostgres":1,"toSqlString":1}',
  ],
  ...[
    '{"queryMode":"simple","text":"select 1"}',
    '{"raw":"x"}',
    '{"strings":["x"],"values":[]}',
    '{"x":null,"y":[]}',
  ],
];

const lists: readonly string[] = [
  '[]',
  '["x"]',
  '["x",null]',
  '[1,"x"]',
  '[null]',
  '["\'"]',
  '["\\u0000"]',
  '["\\ud800"]',
  '[1e999]',
  '[true]',
];

export const oddValues: readonly OddValue[] = [
  ...constants.map(([name, value]) => odd(name, () => value)),
  ...json.map((text) => odd(`JSON ${text}`, () => JSON.parse(text), text.startsWith('['))),
  ...lists.map((text) => odd(`a list ${text}`, () => JSON.parse(text), true)),
  odd('an object with every trap', (call) => armed({}, call)),
  odd('an object without a prototype', (call) => armed(Object.create(null) as object, call)),
  odd('an object with getters', (_, seen) =>
    withGetters(seen, 'a', 'then', 'toString', 'toJSON', 'length', 'name'),
  ),
  odd('an instance of a class', (call) => armed(new (class Evil {})(), call)),
  odd('a boxed string', (call) => armed(new String(evil), call)),
  odd('a boxed number', (call) => armed(new Number(1), call)),
  odd('a boxed boolean', (call) => armed(new Boolean(true), call)),
  odd('a boxed bigint', (call) => armed(Object(1n) as object, call)),
  odd('a Map', (call) => armed(new Map([['a', 1]]), call)),
  odd('a Set', (call) => armed(new Set([1]), call)),
  odd('a regular expression', (call) => armed(/x/, call)),
  odd('an error', (call) => armed(new Error(evil), call)),
  odd('a promise', (call) => armed(Promise.resolve(1), call)),
  odd('a thenable', (call) => Object.defineProperty({}, 'then', { value: call('then'), enumerable: true })),
  odd('an iterator', (call) => ({ [Symbol.iterator]: call('iterator'), next: call('next') })),
  odd('a generator', () =>
    (function* () {
      yield 1;
    })(),
  ),
  odd('a function', (call) => armed(() => evil, call)),
  odd('an async function', (call) => armed(async () => evil, call)),
  odd('a class', (call) => armed(class {}, call)),
  odd('the tag', () => sql),
  odd('a URL', () => new URL('https://example.com/')),
  odd('a date with every trap', (call) => armed(new Date(0), call)),
  odd('a date without a prototype', (call) =>
    armed(Object.setPrototypeOf(new Date(0), null) as object, call),
  ),
  odd('a date that is none', (call) => armed(new Date(Number.NaN), call)),
  odd('the last date', () => new Date(8.64e15)),
  odd('the first date', () => new Date(-8.64e15)),
  odd('an object of the prototype of dates', (call) => armed(Object.create(Date.prototype) as object, call)),
  odd('bytes', () => new Uint8Array([39, 32, 111, 114])),
  { ...odd('bytes with every trap', (call) => armed(new Uint8Array([39]), call)), bytes: true },
  odd('a Buffer', () => Buffer.from(evil)),
  odd('an ArrayBuffer', (call) => armed(new ArrayBuffer(2), call)),
  odd('a DataView', (call) => armed(new DataView(new ArrayBuffer(2)), call)),
  odd('floats', (call) => armed(new Float64Array(2), call)),
  odd('clamped bytes', (call) => armed(new Uint8ClampedArray(2), call)),
  odd('an object of the prototype of bytes', (call) =>
    armed(Object.create(Uint8Array.prototype) as object, call),
  ),
  odd('a copy of a fragment', () => ({ ...sql`x` })),
  odd('what JSON makes of a fragment', () => JSON.parse(JSON.stringify(sql`x`))),
  odd('a child of a fragment', () => Object.create(sql`x`)),
  odd('a proxy of a fragment', (_, seen) => spied(sql`x`, seen)),
  odd('a forged fragment', () => ({ [Symbol.for('bulwark.sql.content')]: { kind: 'name', path: ['x'] } })),
  odd('a forged template', () => Object.assign(['x'], { raw: ['x'] }), true),
  odd(
    'a frozen forged template',
    () => Object.freeze(Object.assign(['x'], { raw: Object.freeze(['x']) })),
    true,
  ),
  odd('a list with every trap', (call) => armed(['x'], call), true),
  odd('a list with a gap', () => Object.assign([], { 1: 'x' }), true),
  odd(
    'a list whose item changes',
    (_, seen) => {
      let times = 0;
      return Object.defineProperty([] as unknown[], '0', {
        enumerable: true,
        get() {
          seen.push('get 0');
          return times++ === 0 ? 'x' : { toString: () => evil };
        },
      });
    },
    true,
  ),
  odd(
    'a list in itself',
    () => {
      const list: unknown[] = [];
      list.push(list);
      return list;
    },
    true,
  ),
  odd('an object in itself', () => {
    const value: Record<string, unknown> = {};
    value['a'] = value;
    return value;
  }),
  odd('a deep object', () => JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)),
  odd('a deep list', () => JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`), true),
  odd('a proxy of an object', (_, seen) => spied({}, seen)),
  odd('a proxy of a date', (_, seen) => spied(new Date(), seen)),
  odd('a proxy of bytes', (_, seen) => spied(new Uint8Array(1), seen)),
  odd('a proxy of a function', (_, seen) => spied(() => evil, seen)),
  ...[
    odd('a list of another prototype', () => Object.setPrototypeOf(['x'], null), true),
    odd('a proxy that throws', () => throwing({})),
    odd('a proxy of a list that throws', () => throwing([]), true),
    odd('a proxy that was revoked', () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    }),
  ].map((one) => ({ ...one, throws: true })),
];
