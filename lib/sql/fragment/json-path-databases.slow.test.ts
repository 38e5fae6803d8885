import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../checks/machine/databases.ts';
import { configureEvents } from '../../event/index.ts';
import { type Database, type JsonStep, sql } from '../index.ts';

const keys = [
  ...[
    "a'b",
    'a"b',
    'a\\b',
    'a\\"b',
    '$',
    '.',
    '[0]',
    '[*]',
    '*',
    '**',
    '',
    '\u00e9',
    'e\u0301',
    '\u{1f600}',
    '__proto__',
  ],
  ...[
    'constructor',
    'a.b',
    '$.a',
    '$.*',
    '$**.a',
    '$[0]',
    '"',
    '\\',
    '\\"',
    '"a"',
    '\\u0061',
    'a',
    'A',
    'b',
    '0',
    '1',
    '00',
  ],
  ...[
    'last',
    'to',
    '1 to 2',
    '#-1',
    '[#-1]',
    '\n',
    '\t',
    '\u0001',
    '\u007f',
    '\u2028',
    ' ',
    'a ',
    ' a',
    '?',
    '?1',
    ':a',
    '%',
    '_',
  ],
  ...[
    'x',
    'value',
    'key',
    'json',
    'type',
    '/',
    '~1',
    '{}',
    '[]',
    'null',
    'true',
    '-',
    '-1',
    '-a',
    '1.5',
    '1e2',
    '+',
    "') or 1=1 --",
  ],
  'k'.repeat(512),
] as const;

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function documentOf(random: () => number, depth: number): Json {
  const roll = depth === 0 ? random() * 0.5 : random();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (roll < 0.05) return null;
  if (roll < 0.1) return random() < 0.5;
  if (roll < 0.2) return pick([0, 1, -1, 1.5, 123456789012, 0.25, -7.125]);
  // Texts that are JSON, into which no path reaches.
  if (roll < 0.3) return JSON.stringify({ a: 'inside', 0: 'inside' });
  if (roll < 0.35) return '["inside","inside"]';
  if (roll < 0.5) return pick(keys);
  if (roll < 0.7)
    return Array.from({ length: Math.floor(random() * 4) }, () => documentOf(random, depth - 1));
  const object: { [key: string]: Json } = {};
  for (let i = Math.floor(random() * 8); i >= 0; i--) {
    // Not by assignment, which `__proto__` takes for something else.
    const attributes = { enumerable: true, configurable: true, writable: true };
    Object.defineProperty(object, pick(keys), { value: documentOf(random, depth - 1), ...attributes });
  }
  return object;
}

/** What is there: keys are an object's own, indexes an array's. */
function find(document: Json, path: readonly JsonStep[]): Json | undefined {
  let found: Json | undefined = document;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (Array.isArray(found) !== (typeof step === 'number')) return undefined;
    found = Object.hasOwn(found, step) ? (found as { [key: JsonStep]: Json })[step] : undefined;
  }
  return found;
}

/** JSON read with keys that have no escapes: from Node 24 on, V8 takes some of those for others (nodejs/node#63785). */
function parsed(text: string): unknown {
  const plain = text.replace(/("(?:[^"\\]|\\.)*")(\s*:)?/g, (all, quoted: string, colon?: string) =>
    colon ? `"${encodeURIComponent(JSON.parse(quoted) as string)}":` : all,
  );
  return JSON.parse(plain);
}

/** Half of the time a path that is there, and else one that goes astray. */
function pathIn(document: Json, random: () => number): JsonStep[] {
  const path: JsonStep[] = [];
  let at: Json | undefined = document;
  const length = 1 + Math.floor(random() * 4);
  for (let i = 0; i < length; i++) {
    const own: JsonStep[] = Array.isArray(at)
      ? [...at.keys()]
      : Object.keys(typeof at === 'object' && at ? at : {});
    const astray = random() < 0.2 ? Math.floor(random() * 3) : keys[Math.floor(random() * keys.length)];
    const step = (random() < 0.75 ? own[Math.floor(random() * own.length)] : undefined) ?? astray ?? 'a';
    path.push(step);
    at = find(document, path);
  }
  return path;
}

describe.each(databaseKinds)('paths into JSON on $title', ({ title, why, open, types }) => {
  describe.skipIf(why)(`with a database of it${why ? `: ${why}` : ''}`, () => {
    let db: Database;
    let stop: () => unknown = () => undefined;

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      ({ db, stop } = await open());
      // SQLite's json_each has columns of these names, too. On PostgreSQL one of them is text that is read each time.
      const x = title === 'PostgreSQL' ? sql`json` : types.json;
      await db.execute(sql`create table docs (id integer, json ${types.json}, value ${types.json}, x ${x})`);
    });

    afterAll(() => stop());

    async function read(
      document: Json,
      path: readonly JsonStep[],
      column: 'json' | 'value' | 'x',
    ): Promise<unknown> {
      await db.execute(sql`delete from docs`);
      const [here, there] = [sql.json(document), sql.json({ a: 'elsewhere', '': 'elsewhere' })];
      const cells = ['json', 'value', 'x'].map((name) => (name === column ? here : there));
      await db.execute(sql`insert into docs values (1, ${sql.join(cells)})`);
      const name = sql.identifier(column, ['json', 'value', 'x']);
      const { found } = await db.one<{ found: unknown }>(
        sql`select ${sql.jsonPath(name, path)} as found from docs`,
      );
      return found;
    }

    function expectSame(found: unknown, wanted: Json | undefined, place: object): void {
      if (wanted === undefined || wanted === null)
        expect({ found, ...place }).toEqual({ found: null, ...place });
      else if (typeof wanted === 'string') expect({ found, ...place }).toEqual({ found: wanted, ...place });
      else {
        expect(typeof found).toBe('string');
        expect({ found: parsed(found as string), ...place }).toEqual({
          found: parsed(JSON.stringify(wanted)),
          ...place,
        });
      }
    }

    const onMariadb = (path: readonly JsonStep[]) =>
      title === 'MariaDB' && path.some((step) => typeof step === 'string' && step.startsWith('-'));

    it('find each key among all the others', { timeout: 60_000 }, async () => {
      const document = Object.fromEntries(keys.map((key, i) => [key, `found ${i}`]));
      for (const [i, key] of keys.entries()) {
        if (onMariadb([key])) {
          await expect(read(document, [key], 'json')).rejects.toMatchObject({
            code: 'sql/invalid-json-path',
          });
        } else expect([key, await read(document, [key], 'json')]).toEqual([key, `found ${i}`]);
      }
    });

    it('find no key that is not there', { timeout: 60_000 }, async () => {
      for (const key of keys) {
        if (onMariadb([key])) continue;
        const document = Object.fromEntries(
          keys.filter((other) => other !== key).map((other) => [other, [1, 'no']]),
        );
        expect([key, await read(document, [key], 'x')]).toEqual([key, null]);
        expect([key, await read([document, 'no'], [key], 'x')]).toEqual([key, null]);
        expect([key, await read('no', [key], 'value')]).toEqual([key, null]);
      }
    });

    it('find what JavaScript finds there', { timeout: 120_000 }, async () => {
      const random = randomFrom(3);
      let hits = 0;
      for (let run = 0; run < 1000; run++) {
        let document = documentOf(random, 4);
        while (typeof document !== 'object' || document === null) document = documentOf(random, 4);
        const path = pathIn(document, random);
        if (onMariadb(path)) continue;
        const wanted = find(document, path);
        if (wanted !== undefined) hits++;
        const column = (['json', 'value', 'x'] as const)[run % 3] as 'json';
        expectSame(await read(document, path, column), wanted, { document, path });
      }
      expect(hits).toBeGreaterThan(200);
    });

    it.each<[string, JsonStep[]]>([
      ['7', [0]],
      ['"text"', [0]],
      ['null', [0]],
      ['{"a":["x"]}', ['a', 0, 0]],
      ['{"a":["x"]}', ['a', 0, 0, 'a']],
      ['{"a":["x"]}', ['a', '0']],
      ['[[1],[2]]', [1, 0, 0]],
      ['{"a":{"b":1}}', ['a', 0]],
      ['{"a":"text"}', ['a', 0]],
      ['{"a":7}', [0, 'a']],
      ['{"0":1}', [0]],
      ['[1]', ['0']],
      ['["x"]', [0, 0]],
      ['{"a":null}', ['a']],
      ['{"a":null}', ['a', 0]],
    ])('find nothing in %s at %j', async (text, path) => {
      expect(await read(JSON.parse(text), path, 'json')).toBe(null);
    });

    it('go 16 steps deep', async () => {
      let document: Json = 'deep';
      for (let i = 0; i < 16; i++) document = i % 2 === 0 ? [document] : { a: document };
      const path = Array.from({ length: 16 }, (_, i): JsonStep => (i % 2 === 0 ? 'a' : 0));
      expect(await read(document, path, 'x')).toBe('deep');
    });
  });
});
