import type { IncomingMessage } from 'node:http';

/**
 * Marks a body as unread after a token was looked up in it: all of it was put back. @hono/node-server makes no web request from a body
 * that was read.
 */
export function putBack(incoming: IncomingMessage): void {
  if (incoming.readableEnded) return;
  Object.defineProperty(incoming, 'readableDidRead', {
    // Without a prototype, as a polluted one would add attributes.
    __proto__: null,
    configurable: true,
    value: false,
  } as PropertyDescriptor);
}
