import type { IncomingMessage, ServerResponse } from 'node:http';

/** Ends the connection with this response. A stream of HTTP/2 ends by itself, and has no such header (RFC 9113, 8.2.2). */
export function closeConnection(req: IncomingMessage, res: ServerResponse): void {
  if (req.httpVersionMajor === 1 && !res.headersSent) res.setHeader('Connection', 'close');
}
