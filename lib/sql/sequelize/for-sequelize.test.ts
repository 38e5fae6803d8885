import fc from 'fast-check';
import { DataTypes, QueryTypes, Sequelize } from 'sequelize';
import AbstractQuery from 'sequelize/lib/dialects/abstract/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { postgresTests } from '../../../checks/sql-adapters/postgres-tests.ts';
import { texts } from '../../../checks/sql-adapters/texts.ts';
import { configureEvents } from '../../event/index.ts';
import { contains, type Sql, sql } from '../index.ts';
import { staticFragment } from '../static-fragment.ts';
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

const noServer = missing('mariadb');

describe.skipIf(noServer)(`Sequelize on MariaDB${noServer ? `: ${noServer}` : ''}`, () => {
  let sequelize: Sequelize;
  let stop = async (): Promise<void> => {};
  const rows = async (query: Sql): Promise<readonly object[]> => {
    return (await sequelize.query(...forSequelize(sequelize, query)))[0] as object[];
  };

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startMariadb();
    sequelize = new Sequelize(server.url, { dialect: 'mysql', logging: false, pool: { max: 1 } });
    stop = async () => {
      await sequelize.close();
      await server.stop();
    };
    const like = { charset: 'utf8mb4', collate: 'utf8mb4_bin', timestamps: false };
    const item = { name: DataTypes.TEXT, raw: DataTypes.BLOB, seen: DataTypes.DATE(3) };
    const model = sequelize.define('item', item, { ...like, freezeTableName: true });
    await model.sync();
    await model.create({ name: 'secret', seen: new Date('2026-07-01T12:34:56.789Z') });
  });

  afterAll(() => stop());

  it('sends the text as it was written', async () => {
    const found = await rows(sql`
      select '?' as a, '??' as b, '$1' as c, ':name' as d, '{{x}}' as e, ${7} as f, '$$' as g /* ? $1 :x ?? */,
        'a$b$$c ???' as h, -- ? $2
        ${'?'} as i, ${'$1'} as j, a.\`why?\` as k, a.\`$1\` as l
      from (select 'x' as \`why?\`, 'y' as \`$1\`) as a`);
    expect(found).toEqual([
      {
        ...{ a: '?', b: '??', c: '$1', d: ':name', e: '{{x}}', f: 7, g: '$$', h: 'a$b$$c ???' },
        ...{ i: '?', j: '$1', k: 'x', l: 'y' },
      },
    ]);
  });

  it('sends each kind of value as the value that it is', async () => {
    const [bytes, date] = [new Uint8Array([0, 255, 39, 92]), new Date('2026-07-01T12:34:56.789Z')];
    await rows(sql`update item set raw = ${bytes}`);
    const found = await rows(sql`
      select hex(raw) as raw, ${true} as yes, ${null} as nothing, cast(${9_007_199_254_740_993n} as char) as big,
        ${1.5} as half
      from item where raw = ${bytes} and seen = ${date} and id = ${1} limit ${1}`);
    expect(found).toEqual([{ raw: '00FF275C', yes: 1, nothing: null, big: '9007199254740993', half: 1.5 }]);
    // A number beside a text would fit any.
    expect(await rows(sql`select id from item where name = ${0}`)).toEqual([]);
    expect(await rows(sql`select id from item where id = ${1} and name = ${'secret'}`)).toEqual([{ id: 1 }]);
    const ask = async (): Promise<readonly object[]> => rows(sql`select id from item where id = ${[1]}`);
    await expect(ask()).rejects.toMatchObject({ code: 'sql/object-as-value' });
  });

  it.each(['STRICT_TRANS_TABLES', 'NO_BACKSLASH_ESCAPES', 'ANSI'])(
    'sends texts of attacks as values in the mode %s',
    async (mode) => {
      await sequelize.query('set sql_mode = ?', { replacements: [mode] });
      await rows(sql`create temporary table stored (name text) character set utf8mb4 collate utf8mb4_bin`);
      for (const text of texts) {
        await rows(sql`delete from stored`);
        await rows(sql`insert into stored values (${text})`);
        const found = await rows(
          sql`select name, name like ${contains(text)} as found, ${text} as bound from stored where name = ${text}`,
        );
        expect(found).toEqual([{ name: text, found: 1, bound: text }]);
        expect(await rows(sql`select id from item where name = ${text}`)).toEqual([]);
      }
      await rows(sql`drop temporary table stored`);
    },
  );
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
