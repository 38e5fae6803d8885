import { Misuse } from '../../refusal/misuse.ts';
import { toPostgresClientValues, utcText } from '../client/postgres-client-values.ts';
import { toSqliteClientValues } from '../client/sqlite-client-values.ts';
import { unknownClient } from '../client/unknown-client.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { bindValues } from '../mysql2/bind-values.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';

/** A statement for Prisma's `$queryRaw` and `$executeRaw`, like the result of `Prisma.sql`. */
export interface PrismaQuery {
  readonly text: string;
  readonly sql: string;
  readonly statement: string;
  readonly strings: string[];
  readonly values: unknown[];
  inspect(): { sql: string; statement: string; text: string; values: unknown[] };
}

/**
 * Converts a statement of the `sql` tag for `$queryRaw` and `$executeRaw` of Prisma 7, on PostgreSQL, SQLite, and on MySQL
 * with `@prisma/adapter-mariadb`. Never pass it to the methods that end in `Unsafe`.
 *
 * A list is one value on PostgreSQL. Dates are written like Prisma does: ISO 8601 in UTC on PostgreSQL, elsewhere in the
 * format that the adapter is set to. Rows have Prisma's types: big integers, dates and decimals are objects.
 *
 * Do not set `useTextProtocol` of `@prisma/adapter-mariadb`: values would be inserted into the text, and this library
 * can't detect that.
 *
 * Throws a `Misuse`: `sql/values-in-text` with other adapters for MySQL, `sql/unknown-client` on other databases.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forPrisma, type PrismaQuery } from 'bulwark/sql/prisma';
 *
 * declare const prisma: { $queryRaw<T>(query: PrismaQuery): Promise<T> }; // new PrismaClient({ adapter })
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await prisma.$queryRaw<{ id: number }[]>(forPrisma(prisma, query)); // [{ id: 7 }]
 * ```
 */
export function forPrisma(prisma: object, query: Sql): PrismaQuery {
  const { _activeProvider: provider, _engineConfig: config } = prisma as PrismaInternals;
  switch (provider) {
    case 'postgresql':
    case 'postgres': {
      const { text, values } = render(query, postgres);
      return prismaQuery(text, toPostgresClientValues(values, utcText));
    }
    case 'sqlite': {
      const { text, values } = render(query, sqlite);
      const [bound] = [toSqliteClientValues(values)];
      return prismaQuery(
        text,
        values.map((value, i) => (value instanceof Date ? value : bound[i])),
      );
    }
    case 'mysql': {
      if (config?.adapter?.adapterName !== '@prisma/adapter-mariadb') throw new Misuse('sql/values-in-text');
      const statement = render(query, mysql);
      return prismaQuery(statement.text, bindValues(statement));
    }
    default:
      throw unknownClient(provider);
  }
}

/** What Prisma calls its database and its adapter; it has no public name for either. */
interface PrismaInternals {
  readonly _activeProvider?: unknown;
  readonly _engineConfig?: { readonly adapter?: { readonly adapterName?: unknown } };
}

/** Prisma knows a statement by these properties, and not by its class. */
function prismaQuery(text: string, values: unknown[]): PrismaQuery {
  const shown = { sql: text, statement: text, text, values };
  // Extensions that look at a statement's pieces find one. Prisma sends `text` on PostgreSQL and `sql` elsewhere.
  return Object.freeze({ ...shown, strings: [text], inspect: () => ({ ...shown }) });
}
