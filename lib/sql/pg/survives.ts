import { explainPg } from './explain-pg.ts';

/**
 * Whether the connection is as good as before an error: the server said what was wrong with the statement, and takes the
 * next one. After an error of pg's own, such as `query_timeout`, the statement may still be running.
 */
export function survives(error: unknown): boolean {
  const failure = explainPg(error);
  const isServers = typeof (error as { severity?: unknown } | undefined)?.severity === 'string';
  return (
    isServers && failure !== undefined && failure.kind !== 'connection' && !fatal.has(failure.databaseCode)
  );
}

/** Ended for having been idle. */
const fatal: ReadonlySet<unknown> = new Set(['25P03', '57P05']);
