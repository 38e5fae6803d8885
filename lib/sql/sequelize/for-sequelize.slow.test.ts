import fc from 'fast-check';
import { QueryTypes, Sequelize } from 'sequelize';
import AbstractQuery from 'sequelize/lib/dialects/abstract/query';
import { describe, expect, it } from 'vitest';
import { mysqlTests } from '../../../checks/sql-adapters/mysql-tests.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { staticFragment } from '../fragment/static-fragment.ts';
import { sql } from '../index.ts';
import { forSequelize } from './index.ts';

const rawObjects = [Sequelize.literal('1 or 1=1'), Sequelize.fn('now'), Sequelize.col('a')];

postgresTests('Sequelize', async (url) => {
  const sequelize = new Sequelize(url, { logging: false, pool: { max: 1 } });
  return {
    rows: (query) =>
      sequelize.transaction(async (transaction) => {
        const [rows] = await sequelize.query(...forSequelize(sequelize, query, { transaction }));
        return rows as object[];
      }),
    rawObjects,
    close: () => sequelize.close(),
  };
});

mysqlTests('Sequelize', async (url) => {
  const sequelize = new Sequelize(url, { dialect: 'mysql', logging: false, pool: { max: 1 } });
  return {
    rows: async (query) => (await sequelize.query(...forSequelize(sequelize, query)))[0] as object[],
    rawObjects,
    close: () => sequelize.close(),
  };
});

describe('forSequelize', () => {
  const onPostgres = { getDialect: () => 'postgres' };

  it('takes the other options of `query`', () => {
    const sequelize = new Sequelize('postgres://app@localhost/shop');
    const [text, options] = forSequelize(sequelize, sql`select ${1}`, {
      type: QueryTypes.SELECT,
      logging: false,
    });
    expect(text).toBe('select $1');
    expect(options).toEqual({ type: 'SELECT', logging: false, bind: [1], replacements: undefined });
    for (const name of ['bind', 'replacements']) {
      expect(() => forSequelize(sequelize, sql`select ${1}`, { [name]: [] })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
  });

  it('takes no values from a polluted prototype', async () => {
    const polluted = Object.prototype as { replacements?: unknown };
    try {
      polluted.replacements = { name: '1 or 1=1' };
      const [, options] = forSequelize(onPostgres, sql`select ${1}, ':name'`);
      expect(Object.hasOwn({ ...options }, 'replacements')).toBe(true);
      expect({ ...options }.replacements).toBeUndefined();
    } finally {
      delete polluted.replacements;
    }
  });

  it('writes dollars as Sequelize reads them', () => {
    const query = AbstractQuery as unknown as {
      formatBindParameters(text: string, values: unknown[], dialect: string, options: object): [string];
    };
    const literal = fc
      .array(fc.constantFrom('$', '$$', '1', '2', 'a', ' ', ':', '?', '_', '\u00e9', '-'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(literal, literal, (first, second) => {
        const [one, two] = [staticFragment(`'${first}'`), staticFragment(`'${second}'`)];
        const [text, { bind }] = forSequelize(onPostgres, sql`select ${one}, ${1}, ${two}, '$1', ${2}`);
        const [sent] = query.formatBindParameters(text, bind, 'postgres', { skipValueReplace: true });
        expect(sent).toBe(`select '${first}', $1, '${second}', '$1', $2`);
      }),
    );
  });

  it('refuses the dialect mariadb, where the values would be written into the text', () => {
    expect(() => forSequelize({ getDialect: () => 'mariadb' }, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/values-in-text' }),
    );
  });

  it.each(['mssql', 'oracle', 'db2', 'snowflake'])('refuses other databases: %s', (dialect) => {
    expect(() => forSequelize({ getDialect: () => dialect }, sql`select ${1}`)).toThrow(
      expect.objectContaining({ code: 'sql/unknown-client' }),
    );
  });
});
