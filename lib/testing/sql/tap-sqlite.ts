import { type Method, replaceMethod, type Undo } from '../replace-method.ts';
import type { Bound, Gate } from './gate.ts';

/** What the statements of all databases have their methods from. */
export function sqliteStatements(db: object): object {
  const { prepare } = db as { prepare(text: string): object };
  return Object.getPrototypeOf(prepare.call(db, 'select 1')) as object;
}

/**
 * better-sqlite3 and node:sqlite: what is prepared or run at once, and statements that were prepared before. Of
 * node:sqlite a statement does not tell its database, and those of others are looked at as well.
 */
export function tapSqlite(db: object, gate: Gate, bound: Bound): Undo {
  const sourceOf = (statement: unknown): unknown => {
    const { source, sourceSQL, database } = statement as Record<string, unknown>;
    return database === undefined || database === db ? (source ?? sourceSQL) : undefined;
  };
  const gated =
    (textOf: (self: unknown, args: unknown[]) => unknown) =>
    (method: Method): Method =>
      function (...args) {
        const text = textOf(this, args);
        const error = typeof text === 'string' ? gate(text) : undefined;
        if (error) throw error;
        if (textOf === sourceOf && text !== undefined) bound(args);
        return method.apply(this, args);
      };
  const statements = sqliteStatements(db);
  const undone = [
    ...['prepare', 'exec'].map((name) =>
      replaceMethod(
        db,
        name,
        gated((_self, [text]) => text),
      ),
    ),
    replaceMethod(
      db,
      'pragma',
      gated((_self, [text]) => `pragma ${text}`),
    ),
    ...['run', 'get', 'all', 'iterate', 'bind'].map((name) =>
      replaceMethod(statements, name, gated(sourceOf)),
    ),
  ];
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}
