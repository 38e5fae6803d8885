import { refuse } from '../../internal/refuse.ts';
import { createInspector } from '../guard/create-inspector.ts';
import type { MysqlGuardOptions } from '../guard/guard-options.ts';
import type { DialectName } from '../lex/dialect-name.ts';

/** A Drizzle `Logger`. */
export interface GuardLogger {
  logQuery(query: string, params: unknown[]): void;
}

/**
 * Creates a logger for Drizzle that inspects each statement and throws the `Refusal` before it is sent. Drizzle calls its logger
 * first, and if the logger throws, the query rejects.
 *
 * @param next your own logger, which is called for statements that pass
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { bulwarkLogger } from 'bulwark/sql/drizzle';
 * import { drizzle } from 'drizzle-orm/node-postgres';
 * import pg from 'pg';
 *
 * const db = drizzle(new pg.Pool(), { logger: bulwarkLogger('postgres') });
 * ```
 */
export function bulwarkLogger(
  dialect: DialectName,
  options: MysqlGuardOptions = {},
  next?: GuardLogger,
): GuardLogger {
  const inspector = createInspector(dialect, options);
  return {
    logQuery(query, params) {
      const denied = inspector.inspect(query, params);
      if (denied) refuse(denied);
      next?.logQuery(query, params);
    },
  };
}
