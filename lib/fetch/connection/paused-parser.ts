import type { Socket } from 'node:net';

interface Parser {
  paused: boolean;
  /** A pointer into the memory of llhttp; gone once the connection is. */
  readonly ptr: number | null;
  readonly llhttp: { llhttp_resume(ptr: number): void };
  resume(): void;
}

/**
 * undici 7 asserts that its parser does not wait for a reader when a connection ends, and nobody can catch that: a server
 * that closes at the right moment would end the process (nodejs/undici#5360, mended in undici 8, which does not run on
 * Node 20). So the parser takes what is left before undici's own listeners are called; it is at most what the socket holds.
 */
export function finishPausedParser(socket: Socket): void {
  const finish = (): void => {
    const parser = parserOf(socket);
    if (!parser?.paused || parser.ptr === null) return;
    // A reader that asks for a pause meanwhile is not listened to.
    do parser.resume();
    while (parser.paused && socket.readableLength > 0 && !socket.destroyed);
    // A body that ends with its connection asks for a pause once more; its end is for undici to find.
    if (parser.paused) parser.llhttp.llhttp_resume(parser.ptr);
    parser.paused = false;
  };
  for (const event of ['end', 'error', 'close']) socket.prependListener(event, finish);
}

/** undici keeps it on the socket under a symbol of its own. */
function parserOf(socket: Socket): Parser | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'parser');
  const found = key && (socket as unknown as Record<symbol, unknown>)[key];
  return found ? (found as Parser) : undefined;
}
