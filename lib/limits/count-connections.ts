import type { Socket } from 'node:net';
import { networkOf } from '../event/network-of.ts';
import { record } from '../event/record.ts';
import { ipAddress } from '../request/ip-address.ts';
import { peerOf } from '../request/peer-of.ts';

interface ConnectionCounting {
  /** 0 for no limit. */
  readonly perAddress: number;
  /** Whether an address is one's own proxy, which is not counted. */
  readonly isProxy: (address: string) => boolean;
}

interface Source {
  on(event: 'connection' | 'drop', listener: (socket: Socket) => void): unknown;
}

/** Closes connections of an address beyond its number, and writes an event for those and for what the server itself drops. */
export function countConnections(server: Source, { perAddress, isProxy }: ConnectionCounting): void {
  const counts = new Map<string, number>();

  server.on('drop', () => record('limits/too-many-connections', 'blocked', { by: 'server' }));
  if (perAddress === 0) return;
  server.on('connection', (socket) => {
    const address = ipAddress(peerOf(socket).remote);
    if (address === undefined || isProxy(address)) return;
    const network = networkOf(address);
    const held = (counts.get(network) ?? 0) + 1;
    if (held > perAddress) {
      socket.destroy();
      record('limits/too-many-connections', 'blocked', { by: network });
      return;
    }
    counts.set(network, held);
    socket.once('close', () => {
      const left = (counts.get(network) ?? 1) - 1;
      if (left > 0) counts.set(network, left);
      else counts.delete(network);
    });
  });
}
