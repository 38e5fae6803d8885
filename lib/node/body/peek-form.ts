import type { IncomingMessage } from 'node:http';

/** Above the default limit of body parsers. The form is held in memory, so a longer one must send its token in a header. */
const mostBytes = 131_072;

/**
 * Reads a field of a form's body and puts the body back, so that a body parser finds it whole. If a parser was there first,
 * its `req.body` is asked. Only `application/x-www-form-urlencoded` is read.
 *
 * @returns the field's text, or undefined where there is none, where there are several, and where the body is too long
 */
export async function peekForm(req: IncomingMessage, name: string): Promise<unknown> {
  const { body } = req as { body?: unknown };
  if (typeof body === 'object' && body !== null) {
    return Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
  }
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded *(?:;|$)/i.test(type) || req.readableEnded) return undefined;
  // A stream of strings can't be put back as the bytes that came.
  if (req.readableEncoding !== null) return undefined;
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) return undefined;
  const form = await peek(req);
  if (form === undefined) return undefined;
  const values = new URLSearchParams(form.toString('utf8')).getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/** All of the body, or undefined if it is too long or does not come. What was read is put back either way. */
function peek(req: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (isWhole: boolean): void => {
      req.off('readable', read).off('end', ended).off('error', failed).off('close', failed);
      const all = Buffer.concat(chunks);
      // In the same turn in which it was read: the stream does not end while something is in it.
      if (all.length > 0) req.unshift(all);
      resolve(isWhole ? all : undefined);
    };
    const failed = (): void => done(false);
    // Of a body that something else reads.
    const ended = (): void => done(true);
    const read = (): void => {
      // Never of an empty buffer: at the end of the body that would end the stream, and nothing could be put back.
      while (req.readableLength > 0 && bytes <= mostBytes) {
        const chunk = req.read() as Buffer | null;
        if (chunk === null) break;
        chunks.push(chunk);
        bytes += chunk.length;
      }
      if (bytes > mostBytes) done(false);
      else if (hasCome(req)) done(true);
    };
    req.on('readable', read).on('end', ended).on('error', failed).on('close', failed);
  });
}

/** Whether all of the body is here. A request of HTTP/2 is complete only when its stream was read to its end. */
function hasCome(req: IncomingMessage & { readonly stream?: { readonly readableEnded?: boolean } }): boolean {
  return req.httpVersionMajor > 1 ? req.stream?.readableEnded === true : req.complete;
}
