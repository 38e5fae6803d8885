import { failMysql2Call } from '../../sql/mysql2/fail-mysql2-call.ts';
import { coreOf } from '../../sql/mysql2/mysql2-client.ts';
import { type Method, replaceMethod, type Undo } from '../replace-method.ts';
import type { Bound, Gate } from './gate.ts';
import { mysql2Text } from './mysql2-text.ts';
import { textOf } from './text-of.ts';

/** What is sent is looked at as it was written, and as it is once `query` has put the values into the text. */
export function tapMysql2(db: object, gate: Gate, bound: Bound): Undo {
  const undone: Undo[] = [];
  const tapped = new Set<object>();
  const gated =
    (target: object, name: string, textSent: (args: readonly unknown[], text: string) => string) =>
    (method: Method): Method =>
    (...args) => {
      const text = textOf(args[0], 'sql');
      const error = text === undefined ? undefined : gate(text, textSent(args, text));
      if (!error) {
        bound(args[1] instanceof Function ? [] : [args[1], valuesIn(args[0])]);
        return method.apply(target, args);
      }
      // What a pool made a command of: the pool takes what is thrown, and puts the connection back.
      if (name === 'query' && isCommand(args[0])) throw error;
      return failMysql2Call(error, args);
    };
  const asWritten = (_args: readonly unknown[], text: string): string => text;
  const tap = (target: object, ...names: string[]): void => {
    if (tapped.has(target)) return;
    tapped.add(target);
    for (const name of names) {
      const formats = name === 'query' && target !== pool;
      const textSent = formats ? mysql2Text(target) : asWritten;
      undone.push(replaceMethod(target, name, gated(target, name, textSent)));
    }
  };
  const tapConnection = (connection: object): void => {
    if (tapped.has(connection)) return;
    tap(connection, 'query', 'execute', 'prepare');
    // What was prepared before is run by a command of its own.
    const told = (add: Method): Method =>
      function (...args) {
        bound((args[0] as { parameters?: unknown }).parameters ?? []);
        return add.apply(this, args);
      };
    undone.push(replaceMethod(connection, 'addCommand', told));
  };

  const core = coreOf(db as never);
  const pool = 'pool' in core ? core.pool : undefined;
  if ('connection' in core) tapConnection(core.connection);
  if (pool) {
    tap(pool, 'query', 'execute');
    for (const connection of connectionsOf(pool)) tapConnection(connection);
    undone.push(
      replaceMethod(pool, 'getConnection', (getConnection) => (...args) => {
        const done = args[0] as (...given: unknown[]) => void;
        return getConnection.call(pool, (error: unknown, connection: object | undefined) => {
          if (connection) tapConnection(connection);
          done(error, connection);
        });
      }),
    );
  }
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}

/** Those that are checked out already, and those that wait: mysql2 keeps them in a ring of its own. */
function connectionsOf(pool: object): readonly object[] {
  const { _allConnections: all } = pool as { _allConnections?: { toArray?: () => object[] } };
  return typeof all?.toArray === 'function' ? all.toArray() : [];
}

function valuesIn(query: unknown): unknown {
  return typeof query === 'object' && query !== null ? (query as { values?: unknown }).values : undefined;
}

function isCommand(query: unknown): boolean {
  return typeof (query as { emit?: unknown }).emit === 'function';
}
