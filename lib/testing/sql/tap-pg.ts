import { failPgCall } from '../../sql/pg/fail-pg-call.ts';
import { type Method, replaceMethod, type Undo } from '../replace-method.ts';
import type { Bound, Gate } from './gate.ts';
import { textOf } from './text-of.ts';

/** A client of pg; or a pool, whose own `query` asks for a client as well. */
export function tapPg(db: object, gate: Gate, bound: Bound): Undo {
  const undone: Undo[] = [];
  const tapped = new Set<object>();
  const refused = new WeakSet<Error>();
  const tapClient = (client: object): void => {
    if (tapped.has(client)) return;
    tapped.add(client);
    undone.push(replaceMethod(client, 'query', (query) => gatedQuery(query, gate, bound, refused)));
    // What submits itself may send another text than it shows, or show none.
    const { connection } = client as { connection?: unknown };
    if (typeof connection !== 'object' || connection === null) return;
    const told = (bind: Method): Method =>
      function (...args) {
        bound((args[0] as { values?: unknown } | undefined)?.values);
        return bind.apply(this, args);
      };
    undone.push(replaceMethod(connection, 'bind', told));
    for (const name of ['query', 'parse']) {
      undone.push(replaceMethod(connection, name, (send) => gatedSend(send, gate, refused)));
    }
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

function gatedQuery(query: Method, gate: Gate, bound: Bound, refused: WeakSet<Error>): Method {
  return function (...args) {
    const text = textOf(args[0], 'text');
    const error = text === undefined ? undefined : gate(text);
    if (error) return failPgCall(error, args);
    if (Array.isArray(args[1])) bound(args[1]);
    if (typeof args[0] === 'object' && args[0] !== null) answerRefusals(args[0], refused);
    return query.apply(this, args);
  };
}

/** The message itself: Query has a text, Parse an object with it. */
function gatedSend(send: Method, gate: Gate, refused: WeakSet<Error>): Method {
  return function (...args) {
    const text = textOf(args[0], 'text');
    const error = text === undefined ? undefined : gate(text);
    if (!error) return send.apply(this, args);
    refused.add(error);
    throw error;
  };
}

/** pg takes an error that `submit` gives, and is lost where it throws. */
function answerRefusals(query: object, refused: WeakSet<Error>): void {
  const undo = replaceMethod(
    query,
    'submit',
    (submit) =>
      function (...args) {
        undo();
        try {
          return submit.apply(this, args);
        } catch (error) {
          if (error instanceof Error && refused.has(error)) return error;
          throw error;
        }
      },
  );
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
