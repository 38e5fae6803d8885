import { type LookupFunction, Socket } from 'node:net';
import { checkedLookup, failingLookup } from './checked-lookup.ts';
import { readConnectTarget } from './connect-target.ts';
import type { Attempted, Connections } from './connections.ts';

interface Pinned {
  readonly host: unknown;
  readonly port: unknown;
  readonly path: unknown;
  readonly lookup: unknown;
}

/** What decides about each connection: its public half alone, so that a test may stand in for a policy. */
export type SocketJudge = Pick<Connections, 'decide' | 'judge' | 'connected' | 'failed' | 'late'>;

type Connect = (this: Socket, options: object, done?: unknown) => Socket;

/**
 * Replaces `net.Socket.prototype.connect`, the one method that every client of `node:net` passes: net, tls, http, https,
 * http2, the built-in fetch and WebSocket, undici, database drivers.
 *
 * Nothing is thrown, and no socket is destroyed in the call: a connection that is refused fails as one whose name does
 * not resolve, by a lookup that gives the refusal. So every client sees what it is written for, `error` and then `close`.
 *
 * @returns puts back what was there
 */
export function guardSockets(connections: SocketJudge, timeoutMs: number | undefined): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect') as PropertyDescriptor;
  const original = descriptor.value as Connect;

  function connect(this: Socket, ...args: unknown[]): Socket {
    const target = readConnectTarget(args);
    const attempt = orError(() => connections.decide(target));
    const { done } = target;
    const call = (pinned: Pinned): Socket =>
      original.call(this, derived(target.options, pinned), ...(typeof done === 'function' ? [done] : []));
    const { port, path } = target;
    if (attempt === undefined) {
      // What `net` throws at, before it dials. What it would take after all has no address to go to.
      return call({ host: nowhere, port, path, lookup: unchecked });
    }
    if (attempt instanceof Error) return fail(this, attempt, call);
    if (attempt.path !== undefined) {
      // Node 26 takes the handle's word for what kind of socket it is: one for TCP must not dial `host` by this.
      call({ host: nowhere, port, path: attempt.path, lookup: unchecked });
    } else {
      const { lookup } = target;
      const checked = checkedLookup((lookup ?? undefined) as LookupFunction | undefined, (answers) =>
        orError(() => connections.judge(attempt, answers)),
      );
      // One that is no function is left for `net` to complain about.
      const usable = lookup === undefined || lookup === null || typeof lookup === 'function';
      call({ host: attempt.dialled, port: attempt.port, path: undefined, lookup: usable ? checked : lookup });
    }
    watch(this, attempt, connections, timeoutMs);
    return this;
  }

  Object.defineProperty(Socket.prototype, 'connect', { ...descriptor, value: connect });
  return () => void Object.defineProperty(Socket.prototype, 'connect', descriptor);
}

/** A name that no resolver is asked for, as the lookup beside it fails. */
const nowhere = 'refused.invalid';
const unchecked = failingLookup(
  Object.assign(new TypeError('The host is no text, or the path no socket: nothing was checked.'), {
    code: 'ERR_INVALID_ARG_TYPE',
  }),
);

/** No decision is no: even a refusal cannot be made where Object.prototype is polluted badly enough (CWE-1321). */
function orError<T>(decide: () => T): T | Error {
  try {
    return decide();
  } catch (failure) {
    return failure instanceof Error ? failure : new Error('Nothing was decided.', { cause: failure });
  }
}

/** What the caller gave, with what was decided in place of it. */
function derived(options: object, pinned: Pinned): object {
  const prototype: unknown = Object.getPrototypeOf(options);
  if (prototype === Object.prototype || prototype === null) {
    const copy = { ...options, ...pinned };
    // `net` reads what is not enumerable too.
    for (const name of Object.getOwnPropertyNames(options)) {
      if (!Object.hasOwn(copy, name)) Object.defineProperty(copy, name, pin(Reflect.get(options, name)));
    }
    return copy;
  }
  // `net` reads inherited options too. Defined and not assigned: a frozen prototype would refuse the assignment.
  // Without a prototype: a polluted Object.prototype.get would be read as part of them (CWE-1321).
  const entries = Object.entries(pinned).map(([name, value]) => [name, pin(value)]);
  return Object.create(options, Object.fromEntries(entries)) as object;
}

function pin(value: unknown): object {
  const descriptor = { value, writable: true, enumerable: true, configurable: true };
  return Object.assign(Object.create(null), descriptor);
}

function fail(socket: Socket, refusal: Error, call: (pinned: Pinned) => Socket): Socket {
  try {
    call({ host: nowhere, port: 1, path: undefined, lookup: failingLookup(refusal) });
    if (socket.connecting) return socket;
  } catch {
    // A handle of another kind (Node 26, BoundSocket), or options that `net` throws at.
  }
  process.nextTick(() => socket.destroy(refusal));
  return socket;
}

function watch(
  socket: Socket,
  attempt: Attempted,
  connections: SocketJudge,
  timeoutMs: number | undefined,
): void {
  let timer: NodeJS.Timeout | undefined;
  const connected = (): void => {
    socket.removeListener('close', closed);
    clearTimeout(timer);
    const refusal = orError(() => connections.connected(attempt, socket.remoteAddress));
    if (refusal) socket.destroy(refusal);
  };
  const closed = (): void => {
    // A socket may be connected again: that is another attempt.
    socket.removeListener('connect', connected);
    clearTimeout(timer);
    connections.failed(attempt);
  };
  // Before the listeners by which a client sends its first bytes.
  socket.prependOnceListener('connect', connected);
  socket.once('close', closed);
  if (timeoutMs === undefined) return;
  timer = setTimeout(() => {
    if (socket.connecting) socket.destroy(orError(() => connections.late(attempt, timeoutMs)));
  }, timeoutMs);
  timer.unref();
}
