import type { IncomingMessage, ServerResponse } from 'node:http';

/** Reads a body into the request that the platform has. */
export type BodyParser = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/** Waits for a parser, and rejects with its error. */
export function parsed(parser: BodyParser, req: IncomingMessage, res: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    parser(req, res, (error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}
