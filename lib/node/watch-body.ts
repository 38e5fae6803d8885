import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { closeConnection } from './close-connection.ts';
import { cutBody, hasUnknownLength } from './cut-body.ts';
import { judgeParsedBody } from './judge-parsed-body.ts';
import { writeError } from './write-error.ts';

export interface BodyLimits {
  readonly maxBodyBytes: (req: IncomingMessage) => number;
  /** For what a parser makes of it. */
  readonly fields: RequestLimits | undefined;
}

/** Holds a body that is yet to come to its limits: its bytes if it announces no length, and its fields once it is parsed. */
export function watchBody(req: IncomingMessage, res: ServerResponse, limits: BodyLimits): void {
  const isUnknown = hasUnknownLength(req);
  if (isUnknown) cutBody(req, limits.maxBodyBytes(req), (refusal) => closeAfter(req, res, refusal));
  const isEmpty = !isUnknown && (req.headers['content-length'] ?? '0') === '0';
  if (limits.fields && !isEmpty) judgeParsedBody(req, limits.fields);
}

/** The rest of the body still comes: nothing behind it on this connection can be read. */
function closeAfter(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  closeConnection(req, res);
  if (req.httpVersionMajor === 1) res.once('finish', () => req.socket.destroySoon());
  // For an application that waits for the body's end, and does not listen to its error.
  setTimeout(() => {
    if (!res.headersSent && !res.destroyed) writeError(refusal, res, () => {});
  }, answerWithinMs).unref();
}

const answerWithinMs = 1_000;
