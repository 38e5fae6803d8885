import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { cancel, later, unref } from '../event/clock.ts';
import { rawAnswer } from './raw-answer.ts';

/** The statuses that Node itself answers with. Everything else is a 400. */
const statuses: ReadonlyMap<unknown, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** A parser's error names what it did not expect, and its `rawPacket` holds what the client sent: none of it is answered. */
export function answerMalformed(error: Error & { readonly code?: unknown }, socket: Duplex): void {
  // Node calls again for each piece that still comes. Nothing more is answered, and what comes is dropped until the time is over.
  if (answered.has(socket)) return;
  const { _httpMessage: open } = socket as { _httpMessage?: ServerResponse | null };
  // Behind half an answer, another one would be read as part of it. If the open request has come whole, the error is about
  // the next one, and would be read as its answer.
  const isAnothers = open?.headersSent || open?.req.complete;
  if (!socket.writable || error.code === 'ECONNRESET' || isAnothers) {
    socket.destroy();
    return;
  }
  const status = statuses.get(error.code) ?? 400;
  answered.add(socket);
  socket.end(rawAnswer(Object.assign(new Error(), { status, expose: true })));
  // Node watches this connection no longer, and a client that never closes its end would keep it (CWE-772).
  const timer = later(() => socket.destroy(), lingerMs);
  unref(timer);
  socket.once('close', () => cancel(timer));
}

const answered = new WeakSet<Duplex>();

/** Time to read the answer: closing at once, with bytes of the client unread, would reset the connection. */
const lingerMs = 1_000;
