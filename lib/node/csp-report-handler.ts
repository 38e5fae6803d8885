import type { IncomingMessage, ServerResponse } from 'node:http';
import { cspReportEndpoint, type ReportEndpoint } from '../csp/report-endpoint.ts';
import { currentRequest } from '../request/context.ts';
import { ipAddress } from '../request/ip-address.ts';
import { closeConnection } from './close-connection.ts';

interface Request extends IncomingMessage {
  readonly body?: unknown;
}

/**
 * Receives browsers' reports at the path that `csp({ reportTo })` names. It answers 204 to a report, and 400, 405, 413, 415 or 429 to
 * anything else. It reads the body itself, or takes it from a body parser before it.
 *
 * @param endpoint keep a reference, to call its `violations()`
 *
 * @example
 * ```ts
 * import { cspReportEndpoint, suggestPolicy } from 'bulwark/csp';
 * import { bulwark, cspReportHandler } from 'bulwark/node';
 *
 * const endpoint = cspReportEndpoint();
 * const reports = cspReportHandler(endpoint);
 * const app = bulwark({ csp: { reportTo: '/csp-reports' } }, (req, res) => {
 *   if (req.url === '/csp-reports') reports(req, res);
 *   else res.end('hello');
 * });
 * setInterval(() => console.log(suggestPolicy(endpoint.violations(), 10).text), 86_400_000);
 * ```
 */
export function cspReportHandler(
  endpoint: ReportEndpoint = cspReportEndpoint(),
): (req: Request, res: ServerResponse) => void {
  return function cspReports(req, res) {
    const refused = endpoint.admit({
      method: req.method,
      contentType: req.headers['content-type'],
      client: currentRequest()?.client ?? ipAddress(req.socket.remoteAddress),
    });
    if (refused !== undefined) answer(req, res, refused);
    else if (req.readableEnded) answer(req, res, endpoint.take(parsedBody(req.body)));
    else read(req, endpoint.maxBytes, (body) => answer(req, res, body ? endpoint.take(body) : 413));
  };
}

/** At most `most` bytes are kept; undefined for a longer body. */
function read(req: IncomingMessage, most: number, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(req.headers['content-length'] ?? 0) > most) {
    done(undefined);
    return;
  }
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= most) {
      chunks.push(chunk);
      return;
    }
    req.off('data', take).off('end', end);
    done(undefined);
  };
  const end = (): void => done(Buffer.concat(chunks));
  // Who goes away in the middle gets no answer.
  req
    .on('data', take)
    .on('end', end)
    .on('error', () => {});
}

/** A body parser that was there first has left text, bytes or a record. */
function parsedBody(body: unknown): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    // A depth that does not fit the stack.
    return '';
  }
}

function answer(req: IncomingMessage, res: ServerResponse, status: number): void {
  res.statusCode = status;
  if (status === 405) res.setHeader('Allow', 'POST');
  if (status === 429) res.setHeader('Retry-After', '60');
  // The rest of a body that is not read is not waited for.
  if (status !== 204 && status !== 400) closeConnection(req, res);
  res.end();
}
