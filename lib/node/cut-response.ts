import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';

/** Ends a response that is incomplete in a way that shows it: HTTP/1 closes the connection, HTTP/2 resets the stream with an error. */
export function cutResponse(res: ServerResponse): void {
  const { stream } = res as Partial<Pick<Http2ServerResponse, 'stream'>>;
  if (stream) stream.close(internalError);
  else res.destroy();
}

/** RFC 9113, 7. Without a code, the client takes what came for the whole. */
const internalError = 0x2;
