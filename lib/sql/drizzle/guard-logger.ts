import { refuse } from '../../internal/refuse.ts';
import { createInspector } from '../guard/create-inspector.ts';
import type { MysqlGuardOptions } from '../guard/guard-options.ts';
import type { DialectName } from '../lex/dialect-name.ts';

/** A `Logger` of Drizzle. */
export interface GuardLogger {
  logQuery(query: string, params: unknown[]): void;
}

/**
 * A logger for Drizzle that inspects each statement, and throws the `Refusal` before it is sent: Drizzle calls its logger
 * first, and a query whose logger throws rejects.
 *
 * @param next your own logger, which is called for what passes
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
