import { failPgCall } from '../../sql/pg/fail-pg-call.ts';
import { type Method, replaceMethod, type Undo } from '../replace-method.ts';
import type { Gate } from './statement-tap.ts';
import { textOf } from './text-of.ts';

/** A client of pg; or a pool, whose own `query` asks for a client as well. */
export function tapPg(db: object, gate: Gate): Undo {
  const undone: Undo[] = [];
  const tapped = new Set<object>();
  const tapClient = (client: object): void => {
    if (tapped.has(client)) return;
    tapped.add(client);
    undone.push(replaceMethod(client, 'query', (query) => gatedQuery(query, gate)));
  };
  if (typeof (db as { totalCount?: unknown }).totalCount !== 'number') tapClient(db);
  else {
    // Those that are checked out already.
    const { _clients: clients } = db as { _clients?: unknown };
    if (Array.isArray(clients)) for (const client of clients) tapClient(client as object);
    undone.push(replaceMethod(db, 'connect', (connect) => tappedConnect(connect, tapClient)));
  }
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}

function gatedQuery(query: Method, gate: Gate): Method {
  return function (...args) {
    const text = textOf(args[0], 'text');
    const error = text === undefined ? undefined : gate(text);
    return error ? failPgCall(error, args) : query.apply(this, args);
  };
}

function tappedConnect(connect: Method, tapClient: (client: object) => void): Method {
  return function (...args) {
    const [done] = args;
    if (typeof done !== 'function') {
      return (connect.apply(this, args) as Promise<object>).then((client) => {
        tapClient(client);
        return client;
      });
    }
    return connect.call(this, (error: unknown, client: object | undefined, ...rest: unknown[]) => {
      if (client) tapClient(client);
      (done as (...given: unknown[]) => void)(error, client, ...rest);
    });
  };
}
