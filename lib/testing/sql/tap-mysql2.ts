import { failMysql2Call } from '../../sql/mysql2/fail-mysql2-call.ts';
import { coreOf } from '../../sql/mysql2/mysql2-client.ts';
import { type Method, replaceMethod, type Undo } from '../replace-method.ts';
import type { Gate } from './statement-tap.ts';
import { textOf } from './text-of.ts';

/** What is sent is looked at before `query` writes the values into the text. */
export function tapMysql2(db: object, gate: Gate): Undo {
  const undone: Undo[] = [];
  const tapped = new Set<object>();
  const gated =
    (method: Method): Method =>
    (...args) => {
      const text = textOf(args[0], 'sql');
      const error = text === undefined ? undefined : gate(text);
      return error ? failMysql2Call(error, args) : method(...args);
    };
  const tap = (target: object, ...names: string[]): void => {
    if (tapped.has(target)) return;
    tapped.add(target);
    for (const name of names)
      undone.push(replaceMethod(target, name, (method) => gated(method.bind(target))));
  };
  const core = coreOf(db as never);
  if ('connection' in core) tap(core.connection, 'query', 'execute', 'prepare');
  else {
    const { pool } = core;
    // A pool's own `query` has its values in an object that is made into a command before a connection sees it.
    tap(pool, 'query', 'execute');
    undone.push(
      replaceMethod(pool, 'getConnection', (getConnection) => (...args) => {
        const done = args[0] as (...given: unknown[]) => void;
        return getConnection.call(pool, (error: unknown, connection: object | undefined) => {
          if (connection) tap(connection, 'query', 'execute', 'prepare');
          done(error, connection);
        });
      }),
    );
  }
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}
