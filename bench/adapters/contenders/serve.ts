import type { AddressInfo } from 'node:net';
import { configureEvents } from '../../../lib/event/index.ts';
import type { Contenders } from './site.ts';

/** Serves the contender that the first argument names, and tells the parent the port and, when asked, its CPU time so far. */
export async function serve(contenders: Contenders): Promise<void> {
  configureEvents({ sinks: [] });
  const name = process.argv[2] as keyof Contenders;
  const server = await contenders[name]();
  // A connection waits while others have their turn.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.on('disconnect', () => process.exit());
}
