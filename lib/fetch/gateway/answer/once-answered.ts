import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One listener for each connection, whatever number of requests waits on it. */
const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Tells once when an answer has gone out, or its connection has closed before. A response that waits behind another one
 * (pipelined) has no socket yet, and Node emits neither `close` nor `finish` for it when the client goes away.
 */
export function onceAnswered(socket: Socket, response: ServerResponse, tell: () => void): void {
  const told = waiting.get(socket) ?? watch(socket);
  const end = (): void => {
    if (told.delete(end)) tell();
  };
  told.add(end);
  response.once('close', end);
  if (socket.closed) process.nextTick(end);
}

function watch(socket: Socket): Set<() => void> {
  const told = new Set<() => void>();
  waiting.set(socket, told);
  socket.once('close', () => {
    for (const end of told) end();
  });
  return told;
}
