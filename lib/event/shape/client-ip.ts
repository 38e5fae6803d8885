import { isIP } from 'node:net';

/** The client where it is an address as an index of addresses takes it: without a zone. */
export function clientIp(client: string | undefined): string | undefined {
  return client !== undefined && isIP(client) !== 0 && !client.includes('%') ? client : undefined;
}
