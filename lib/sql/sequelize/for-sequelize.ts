import { Misuse } from '../../refusal/misuse.ts';
import { placeholdersIn, rewrite } from '../client/placeholders-in.ts';
import { toPostgresClientValues } from '../client/postgres-client-values.ts';
import { toSqlite3Values } from '../client/sqlite-client-values.ts';
import { unknownClient } from '../client/unknown-client.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { bindValues } from '../mysql2/bind-values.ts';
import type { Sql } from '../query.ts';
import { render, type Statement } from '../render/render.ts';

/** The part of a `Sequelize` that is needed here. */
export interface SequelizeClient {
  getDialect(): string;
}

/** The arguments of Sequelize's `query`, with the caller's options. */
export type SequelizeArguments<Options extends object> = [
  text: string,
  options: Options & {
    readonly bind: unknown[];
    /** Values that Sequelize would write into the text. Said, because it reads options of a polluted prototype too. */
    readonly replacements: never;
  },
];

/**
 * Converts a statement of the `sql` tag for the `query` of Sequelize 6, on PostgreSQL, MySQL (the dialect `mysql`) and SQLite.
 * The values are `bind` parameters, which Sequelize sends separately from the text. Pass Sequelize's own options, such as a
 * transaction or a type, as the third argument.
 *
 * A list is one value on PostgreSQL. Dates are local time with its offset there, as pg writes them; on MySQL they
 * are in the time zone of Sequelize's option; on SQLite they are the text that Sequelize stores, in UTC. Big integers are exact;
 * on SQLite those beyond 53 bits are refused.
 *
 * Throws a `Misuse`: `sql/values-in-text` with the dialect `mariadb`, whose client inserts values into the text;
 * `sql/unknown-client` on other databases; `bulwark/invalid-option` for options with values or another text.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forSequelize } from 'bulwark/sql/sequelize';
 * import { QueryTypes, Sequelize } from 'sequelize';
 *
 * const sequelize = new Sequelize('postgres://app@localhost/shop');
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await sequelize.query(...forSequelize(sequelize, query, { type: QueryTypes.SELECT })); // [{ id: 7 }]
 * ```
 */
export function forSequelize(sequelize: SequelizeClient, query: Sql): SequelizeArguments<object>;
export function forSequelize<Options extends object>(
  sequelize: SequelizeClient,
  query: Sql,
  options: Options,
): SequelizeArguments<Options>;
export function forSequelize(
  sequelize: SequelizeClient,
  query: Sql,
  options: object = {},
): SequelizeArguments<object> {
  for (const name of ['bind', 'replacements']) {
    if (Object.hasOwn(options, name)) {
      throw new Misuse('bulwark/invalid-option', `\`${name}\` comes from the holes of the statement.`);
    }
  }
  const [text, bind] = written(sequelize.getDialect(), query);
  return [text, { ...options, bind, replacements: undefined as never }];
}

function written(dialect: string, query: Sql): [text: string, values: unknown[]] {
  switch (dialect) {
    case 'postgres': {
      const statement = render(query, postgres);
      return [numbered(statement, 'postgres'), toPostgresClientValues(statement.values)];
    }
    case 'mysql': {
      const statement = render(query, mysql);
      return [numbered(statement, 'mysql'), bindValues(statement)];
    }
    case 'sqlite': {
      const statement = render(query, sqlite);
      const text = numbered(statement, 'sqlite');
      // What begins so is never run (6.37.8).
      const shown = text.trimStart().startsWith('-- ') ? `/**/ ${text}` : text;
      return [shown, toSqlite3Values(statement.values, storedDate)];
    }
    case 'mariadb':
      throw new Misuse('sql/values-in-text');
    default:
      throw unknownClient(dialect);
  }
}

/** What Sequelize takes for a parameter, also in literals and comments; `$$` is its escape for `$`. */
const dollars = /\B\$(?:\$|\w+)/g;

/** `$1`, `$2` for the values in every dialect, and each `$` of the text that Sequelize would read doubled. */
function numbered(statement: Statement, dialect: 'postgres' | 'mysql' | 'sqlite'): string {
  const placeholders = new Set<number>();
  const plain = rewrite(statement, placeholdersIn(statement, dialect), {
    between: (text) => text,
    placeholder: (number) => `$${number}`,
  });
  let shift = 0;
  placeholdersIn(statement, dialect).forEach(({ start, end }, i) => {
    placeholders.add(start + shift);
    shift += `$${i + 1}`.length - (end - start);
  });
  return plain.replace(dollars, (found, at: number) => {
    if (placeholders.has(at)) return found;
    return found === '$$' ? '$$$$' : `$${found}`;
  });
}

function storedDate(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', ' +00:00');
}
