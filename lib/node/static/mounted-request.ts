import type { IncomingMessage } from 'node:http';

/**
 * The request as it looks below a mount. Its properties are defined: over HTTP/2, assigning `url` would call the setter that it
 * inherits, and change the request itself.
 */
export function mountedRequest(
  req: IncomingMessage,
  url: string,
  originalUrl: string | undefined = (req as { originalUrl?: string }).originalUrl ?? req.url,
): IncomingMessage {
  // Without prototypes, as a polluted one would add attributes.
  const own = (value: unknown): PropertyDescriptor => ({ __proto__: null, value }) as PropertyDescriptor;
  return Object.create(req, { url: own(url), originalUrl: own(originalUrl) }) as IncomingMessage;
}
