import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { whenGone } from '../path/when-gone.ts';

/** The exit code of a program whose reader has gone: 128 + SIGPIPE, as in a shell. */
export const readerGone = 141;

/** The client of a response went away, which is no failure of the application. */
export class ClientGone extends Error {
  constructor() {
    super('The client has gone away.');
  }
}

/** The response of an HTTP server, if the output goes to one. */
export function responseOf(output: Writable): ServerResponse | undefined {
  const { req, stream, setHeader } = output as Partial<ServerResponse> & { readonly stream?: unknown };
  const isAnswer = typeof setHeader === 'function' && (stream !== undefined || req?.socket !== undefined);
  // An outgoing request also has `setHeader`, but no request that it answers.
  return isAnswer ? (output as ServerResponse) : undefined;
}

/** Rejects with `ClientGone` when the client goes away. `stop` stops waiting. */
export function untilGone(response: ServerResponse): { readonly gone: Promise<never>; stop(): void } {
  let stop = (): unknown => undefined;
  const gone = new Promise<never>((_resolve, reject) => {
    stop = whenGone(response, () => reject(new ClientGone()));
  });
  gone.catch(() => undefined);
  return { gone, stop: () => void stop() };
}

/** Whether an error of the stream only says that the client has gone away. */
export function saysGone(response: ServerResponse, error: unknown): boolean {
  if (error instanceof ClientGone) return true;
  if (!streamCodes.has(String((error as { code?: unknown } | undefined)?.code))) return false;
  let isGone = false;
  whenGone(response, () => {
    isGone = true;
  })();
  return isGone;
}

const streamCodes: ReadonlySet<string> = new Set([
  ...['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'],
  ...['ERR_HTTP2_INVALID_STREAM', 'ECONNRESET', 'EPIPE'],
]);
