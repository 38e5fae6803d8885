import { describe, expect, it } from 'vitest';
import { sql } from '../index.ts';
import { forPrisma } from './index.ts';

// What forPrisma asks a client for. The real client is met in for-prisma.long.test.ts.
const onPostgres = { _activeProvider: 'postgresql' };
const onMysql = {
  _activeProvider: 'mysql',
  _engineConfig: { adapter: { adapterName: '@prisma/adapter-mariadb' } },
};

describe('forPrisma', () => {
  it('makes what `$queryRaw` takes for a statement of Prisma', () => {
    const date = new Date('2026-07-01T12:34:56.789Z');
    const query = forPrisma(onPostgres, sql`select ${1}, ${[1n, 2n]}::bigint[], ${date}, ${true}, '?'`);
    const text = "select $1, $2::bigint[], $3, $4, '?'";
    const values = [1, '{"1","2"}', '2026-07-01T12:34:56.789Z', true];
    const shown = { text, sql: text, statement: text, values };
    expect(query).toMatchObject({ ...shown, strings: [text] });
    expect(query.inspect()).toEqual(shown);
    expect(forPrisma({ _activeProvider: 'sqlite' }, sql`select ${1}, ${date}`)).toMatchObject({
      ...{ sql: 'select ?, ?', values: [1n, date] },
    });
  });

  it('binds numbers as text on MySQL where they are compared', () => {
    expect(forPrisma(onMysql, sql`select ${1} from users where name = ${0}`).values).toEqual([1, '0']);
  });

  it('refuses adapters for MySQL that may write the values into the text', () => {
    const adapter = { adapterName: '@prisma/adapter-planetscale' };
    for (const config of [{ adapter }, {}, undefined]) {
      const prisma = { _activeProvider: 'mysql', _engineConfig: config };
      expect(() => forPrisma(prisma, sql`select ${1}`)).toThrow(
        expect.objectContaining({ code: 'sql/values-in-text' }),
      );
    }
  });

  it.each(['sqlserver', 'cockroachdb', 'mongodb', undefined])('refuses other databases: %s', (provider) => {
    expect(() => forPrisma({ _activeProvider: provider }, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/unknown-client' }),
    );
  });
});
