import { type Method, replaceMethod, type Undo } from '../replace-method.ts';
import type { Gate } from './statement-tap.ts';

/** better-sqlite3 and node:sqlite: what is prepared or run at once, and statements that were prepared before. */
export function tapSqlite(db: object, gate: Gate): Undo {
  const { prepare } = db as { prepare(text: string): object };
  const statements = Object.getPrototypeOf(prepare.call(db, 'select 1')) as object;
  const gated =
    (textOf: (self: unknown, args: unknown[]) => unknown) =>
    (method: Method): Method =>
      function (...args) {
        const text = textOf(this, args);
        const error = typeof text === 'string' ? gate(text) : undefined;
        if (error) throw error;
        return method.apply(this, args);
      };
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
    ...['run', 'get', 'all', 'iterate'].map((name) => replaceMethod(statements, name, gated(sourceOf))),
  ];
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}

function sourceOf(statement: unknown): unknown {
  const { source, sourceSQL } = statement as { source?: unknown; sourceSQL?: unknown };
  return source ?? sourceSQL;
}
