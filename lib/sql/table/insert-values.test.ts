import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { Refusal } from '../../refusal/refusal.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { sql } from '../index.ts';
import { render } from '../render/render.ts';

const users = sql.table('users', {
  id: 'integer | default',
  email: 'string',
  name: 'string | null',
  made: 'date | null | default',
});

/** As a program without types calls it. */
const values = sql.values as (...args: readonly unknown[]) => ReturnType<typeof sql.values>;
const run = (query: unknown, dialect: Parameters<typeof render>[1] = postgres) => {
  const { text, values } = render(query, dialect);
  return { text, values };
};
const refusal = (code: string, detail: object = {}) =>
  expect.objectContaining({ constructor: Refusal, code, detail: expect.objectContaining(detail) });
const misuse = (code: string) => expect.objectContaining({ constructor: Misuse, code });

describe('values', () => {
  const rows = [{ email: 'a', name: 'Ann' }, { email: 'b' }, { email: 'c', name: null }];

  it.each([
    [postgres, 'insert into "users" ("email", "name") values ($1, $2), ($3, $4), ($5, $6)'],
    [mysql, 'insert into `users` (`email`, `name`) values (?, ?), (?, ?), (?, ?)'],
    [sqlite, 'insert into `users` (`email`, `name`) values (?, ?), (?, ?), (?, ?)'],
  ])('are the columns and rows of an insert', (dialect, text) => {
    expect(run(sql`insert into ${users} ${sql.values(users, ['email', 'name'], rows)}`, dialect)).toEqual({
      text,
      values: ['a', 'Ann', 'b', null, 'c', null],
    });
  });

  it('do not drop keys of later records that the first one lacks', () => {
    const mixed = [{ email: 'a' }, { name: 'Bob', email: 'b' }];
    expect(run(sql.values(users, ['email', 'name'], mixed)).values).toEqual(['a', null, 'b', 'Bob']);
  });

  it('are one value wide, too', () => {
    expect(run(sql.values(users, ['email'], [{ email: 'a' }, { email: 'b' }])).text).toBe(
      '("email") values ($1), ($2)',
    );
  });

  it('take fragments of the tag', () => {
    const made = [{ email: sql`lower(${'A'})`, made: sql`now()` }];
    expect(run(sql.values(users, ['email', 'made'], made))).toEqual({
      text: '("email", "made") values (lower($1), now())',
      values: ['A'],
    });
  });

  it('leave a default to the database', () => {
    const some = [{ id: 1, email: 'a' }, { email: 'b' }];
    expect(run(sql.values(users, ['id', 'email'], some))).toEqual({
      text: '("id", "email") values ($1, $2), (default, $3)',
      values: [1, 'a', 'b'],
    });
    expect(run(sql.values(users, ['id', 'email'], some), mysql).text).toBe(
      '(`id`, `email`) values (?, ?), (default, ?)',
    );
  });

  it('on SQLite, leave out a column that no record has, and refuse one that some have', () => {
    const none = [{ email: 'a' }, { email: 'b', name: 'Bob' }];
    expect(run(sql.values(users, ['id', 'email', 'name', 'made'], none), sqlite)).toEqual({
      text: '(`email`, `name`) values (?, ?), (?, ?)',
      values: ['a', null, 'b', 'Bob'],
    });
    const some = sql.values(users, ['id', 'email'], [{ id: 1, email: 'a' }, { email: 'b' }]);
    expect(() => run(some, sqlite)).toThrow(refusal('sql/missing-value', { type: 'default' }));
    const ids = sql.table('ids', { id: 'integer | default' });
    expect(() => run(sql.values(ids, ['id'], [{}]), sqlite)).toThrow(refusal('sql/missing-value'));
    expect(run(sql.values(ids, ['id'], [{}]), postgres).text).toBe('("id") values (default)');
  });

  it('keep what was decided on', () => {
    const email = ['a'];
    const tags = sql.table('t', { tags: 'string[]', made: 'date' });
    const made = new Date(0);
    const query = sql.values(tags, ['tags', 'made'], [{ tags: email, made }]);
    email.push('b');
    made.setTime(1);
    expect(run(query).values).toEqual([['a'], new Date(0)]);
  });
});

describe('records for an insert', () => {
  it.each([
    ['nothing', undefined, 'sql/wrong-type'],
    ['null', null, 'sql/wrong-type'],
    ['a record', { email: 'a' }, 'sql/wrong-type'],
    ['text', 'email', 'sql/wrong-type'],
    ['what looks like a list', { length: 1, 0: { email: 'a' } }, 'sql/wrong-type'],
    ['an empty list', [], 'sql/no-rows'],
    ['a sparse list', new Array(3), 'sql/wrong-type'],
    ['a list of null', [null], 'sql/wrong-type'],
    ['a list of text', ['email'], 'sql/wrong-type'],
    ['a list of lists', [[{ email: 'a' }]], 'sql/wrong-type'],
    ['a list of fragments', [sql`email`], 'sql/wrong-type'],
    ['a table', [users], 'sql/wrong-type'],
    ['a record without a key that is needed', [{ email: 'a' }, { name: 'Bob' }], 'sql/missing-value'],
    ['a record with undefined', [{ email: 'a', name: undefined }], 'sql/missing-value'],
    ['another column', [{ email: 'a', id: 1 }], 'sql/unknown-column'],
    ['a key that is none', [{ email: 'a', 'x"': 1 }], 'sql/unknown-column'],
    ['__proto__', [JSON.parse('{"email":"a","__proto__":{"name":"x"}}')], 'sql/unknown-column'],
    ['constructor', [{ email: 'a', constructor: 'x' }], 'sql/unknown-column'],
    ['toJSON', [{ email: 'a', toJSON: () => ({ email: 'b' }) }], 'sql/unknown-column'],
    ['an object as a value', [{ email: { email: 1 } }], 'sql/object-as-value'],
    ['text that cannot be stored', [{ email: 'a\0' }], 'sql/unstorable-text'],
    ['a forged fragment', [{ email: { kind: 'template', text: 'x' } }], 'sql/object-as-value'],
    ['an inherited value', [Object.create({ email: 'a' })], 'sql/missing-value'],
  ])('are refused when they are %s', (_, rows, code) => {
    expect(() => values(users, ['email', 'name'], rows)).toThrow(refusal(code));
    expect(run(values(users, ['email', 'name'], [{ email: 'a' }])).values).toEqual(['a', null]);
  });

  it('tell no value, only the column', () => {
    try {
      values(users, ['email'], [{ email: 4711 }]);
      expect.unreachable();
    } catch (error) {
      expect(error).toEqual(
        refusal('sql/wrong-type', { column: 'users.email', wants: 'string', got: 'number' }),
      );
      expect(JSON.stringify((error as Refusal).detail) + String(error)).not.toContain('4711');
    }
  });

  it('lose other keys where that is wanted', () => {
    const rows = [JSON.parse('{"email":"a","admin":true,"__proto__":{"name":"x"},"constructor":1}')];
    expect(run(values(users, ['email', 'name'], rows, { extra: 'ignore' })).values).toEqual(['a', null]);
    expect(() => values(users, ['email'], rows, { extra: 'yes' })).toThrow(misuse('bulwark/invalid-option'));
    expect(() => values(users, ['email'], rows, Object.create({ extra: 'ignore' }))).toThrow(
      refusal('sql/unknown-column'),
    );
  });

  it('are read once', () => {
    let reads = 0;
    const trap = {
      get email() {
        return reads++ === 0 ? 'a' : { toString: () => 'x' };
      },
    };
    const answers = ['a', Number.NaN];
    const proxy = new Proxy({ email: '' }, { get: () => answers.shift() });
    expect(run(values(users, ['email'], [trap, proxy])).values).toEqual(['a', 'a']);
    expect([reads, answers.length]).toEqual([1, 1]);
  });

  it('take records without a prototype, and of classes', () => {
    class User {
      email = 'a';
    }
    const bare = Object.assign(Object.create(null), { email: 'b' });
    expect(run(values(users, ['email'], [new User(), bare])).values).toEqual(['a', 'b']);
  });

  it('do not look at a polluted prototype', () => {
    Object.defineProperty(Object.prototype, 'name', { value: 'polluted', configurable: true });
    try {
      expect(run(values(users, ['email', 'name'], [{ email: 'a' }])).values).toEqual(['a', null]);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'name');
    }
  });

  it('are as many as a database takes', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id, email: 'a' }));
    const insert = (count: number) =>
      sql`insert into ${users} ${sql.values(users, ['id', 'email'], rows(count))}`;
    expect(run(insert(32_767)).values.length).toBe(65_534);
    expect(run(insert(16_383), sqlite).values.length).toBe(32_766);
    expect(() => run(insert(32_768))).toThrow(refusal('sql/too-large'));
    expect(() => run(insert(32_768), mysql)).toThrow(refusal('sql/too-large'));
    expect(() => run(insert(16_384), sqlite)).toThrow(refusal('sql/too-large'));
    // Not read at all.
    const long = new Proxy([], { get: (_, key) => (key === 'length' ? 65_536 : expect.unreachable()) });
    expect(() => values(users, ['email'], long)).toThrow(refusal('sql/too-large'));
  });
});

describe('the columns of an insert', () => {
  it.each([
    ['no list', undefined],
    ['an empty list', []],
    ['what is no column', ['email', 'nope']],
    ['a column twice', ['email', 'email']],
    ['__proto__', ['email', '__proto__']],
    ['not the column that is needed', ['name']],
    ['a name', 'email'],
  ])('are a Misuse when they are %s', (_, columns) => {
    expect(() => values(users, columns, [{ email: 'a' }])).toThrow(misuse('sql/wrong-columns'));
    expect(() => values({ ...users }, ['email'], [{ email: 'a' }])).toThrow(misuse('sql/wrong-columns'));
    expect(run(values(users, ['email'], [{ email: 'a' }])).values).toEqual(['a']);
  });
});
