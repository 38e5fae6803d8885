import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { isRefusal } from '../../refusal/index.ts';
import { legitimateTexts, sqlPayloads } from '../../testing/corpus/sql.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { type Sql, sql } from '../index.ts';
import { render } from '../render/render.ts';

const texts = [...sqlPayloads.map(({ payload }) => payload), ...legitimateTexts.map(({ text }) => text)];
const dialects = [postgres, mysql, sqlite];

beforeAll(() => void configureEvents({ sinks: [] }));

describe('a text in a record', () => {
  const users = sql.table('users', {
    id: 'integer | default',
    name: 'string',
    note: 'any | null',
    data: 'json | null',
  });
  const helpers: readonly [string, (record: object) => Sql][] = [
    [
      'values',
      (record) => sql`insert into ${users} ${sql.values(users, ['name', 'note', 'data'], [record as never])}`,
    ],
    [
      'set',
      (record) =>
        sql`update ${users} set ${sql.set(users, ['name', 'note', 'data'], record)} where id = ${1}`,
    ],
    [
      'upsert',
      (record) =>
        sql.upsert(users, {
          ...{
            columns: ['name', 'note', 'data'],
            conflict: ['name'],
            update: ['note'],
            rows: [record as never],
          },
        }),
    ],
  ];

  it.each(helpers)('is a value, or refused, in %s', (_, write) => {
    const plain = dialects.map((dialect) => render(write({ name: 'a', note: 'b', data: 'c' }), dialect).text);
    let refused = 0;
    for (const text of texts) {
      try {
        const query = write({ name: text, note: text, data: { [text]: text } });
        dialects.forEach((dialect, i) => {
          const statement = render(query, dialect);
          expect(statement.text).toBe(plain[i]);
          expect(statement.values.slice(0, 2)).toEqual([text, text]);
        });
      } catch (error) {
        if (!isRefusal(error)) throw error;
        expect(error.code).toBe('sql/unstorable-text');
        refused++;
      }
    }
    expect(refused).toBeLessThan(10);
  });

  it.each(helpers)('is refused as a key, in %s', (_, write) => {
    for (const text of [...texts, '__proto__', 'constructor', 'id', 'name"', 'NAME', ' name', 'name ']) {
      const record = JSON.parse(`{"name": "a", ${JSON.stringify(text)}: 1}`);
      expect(() => write(record), text).toThrow(expect.objectContaining({ code: 'sql/unknown-column' }));
    }
    expect(render(write({ name: 'a' }), postgres).values).toContain('a');
  });

  it.each(helpers)('does not become more than a value by its type, in %s', (_, write) => {
    const traps: readonly unknown[] = [
      { toString: () => "1' or 1=1 --" },
      { toPostgres: () => 'x' },
      { toSqlString: () => 'x' },
      { toJSON: () => 'x' },
      { raw: ['x'], length: 1 },
      Object.assign(['x'], { raw: ['x'] }),
      new String('x'),
      new Proxy({}, { get: () => 'x' }),
      new Proxy([], {}),
      new Map([['a', 1]]),
      { kind: 'template', site: {}, holes: [] },
      { ...sql`x` },
    ];
    for (const trap of traps) {
      expect(() => write({ name: trap })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^sql\/(?:object-as-value|wrong-type)$/) }),
      );
    }
    expect(render(write({ name: 'a' }), postgres).values).toContain('a');
  });
});
