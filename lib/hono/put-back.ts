import type { IncomingMessage } from 'node:http';

/**
 * Says that a body which was looked into for its token is still to be read, as it is: all of it was put back. @hono/node-server makes no
 * web request of a body that was read.
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
