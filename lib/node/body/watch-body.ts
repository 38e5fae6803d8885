import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import type { RequestLimits } from '../../limits/request-limits.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { closeConnection } from '../close-connection.ts';
import { rawAnswer } from '../raw-answer.ts';
import type { RequestLines } from '../request-lines.ts';
import { cutBody, hasUnknownLength } from './cut-body.ts';
import { limitFields } from './field-limits.ts';
import { judgeParsedBody } from './judge-parsed-body.ts';

export interface BodyLimits {
  readonly maxBodyBytes: (req: IncomingMessage) => number;
  /** For what a parser makes of it. */
  readonly fields: RequestLimits | undefined;
  /** Where parsers put it. */
  readonly owner: object | undefined;
}

/** Holds a body that is yet to come to its limits: its bytes if it announces no length, and its fields once it is parsed. */
export function watchBody(
  req: IncomingMessage,
  res: ServerResponse,
  lines: RequestLines,
  limits: BodyLimits,
): void {
  const isUnknown = hasUnknownLength(req, lines);
  if (isUnknown) cutBody(req, limits.maxBodyBytes(req), (refusal) => closeAfter(req, res, refusal));
  const isEmpty = !isUnknown && (lines.contentLength ?? '0') === '0';
  if (!limits.fields || isEmpty) return;
  limitFields(req, limits.fields);
  if (limits.owner) {
    judgeParsedBody(req, limits.owner, limits.fields, (refusal) => {
      if (!res.headersSent && !res.destroyed) end(req, res, refusal);
    });
  }
}

/** The rest of the body still comes: nothing behind it on this connection can be read. */
function closeAfter(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  closeConnection(req, res);
  if (req.httpVersionMajor === 1) res.once('finish', () => req.socket.destroySoon());
  // For an application that waits for the body's end, and does not listen to its error.
  setTimeout(() => {
    if (!res.headersSent && !res.destroyed) end(req, res, refusal);
  }, answerWithinMs).unref();
}

/**
 * Answers past the response, which stays as it is: the application may write to it at any time, and would get an error that ends
 * the process if nothing catches it. Express's own 404 page does so when the connection ends.
 */
function end(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  if (req.httpVersionMajor > 1) {
    (res as unknown as Http2ServerResponse).stream.close(enhanceYourCalm);
    return;
  }
  const { socket } = req as { socket: Socket & { readonly _httpMessage?: unknown } };
  // An answer to an earlier request is still being sent: this one would be read as part of it.
  if (socket._httpMessage === res && socket.writable) socket.write(rawAnswer(refusal));
  socket.destroySoon();
}

const answerWithinMs = 1_000;
/** RFC 9113, 7: the client behaves in a way that may cause excessive load. */
const enhanceYourCalm = 0xb;
