import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';

/** Cuts off a response that has begun, so that the client sees that it is incomplete. */
export function cutResponse(res: ServerResponse): void {
  if (res.req.httpVersionMajor === 1) {
    res.destroy();
    return;
  }
  // `destroy` resets the stream with NO_ERROR, which clients take for the end of a whole response (RFC 9113, 8.1).
  const { stream } = res as unknown as Http2ServerResponse;
  stream?.close(internalError);
}

const internalError = 2;
