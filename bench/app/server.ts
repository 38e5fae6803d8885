/** One contender in a process of its own. It tells its parent the port and, when asked, its CPU time so far. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { configureEvents } from '../../lib/event/index.ts';
import { limits } from '../../lib/limits/index.ts';
import { collector } from '../turns.ts';
import { guarded } from './guarded.ts';
import type { Contender } from './site.ts';
import { usual } from './usual.ts';

const contenders: Readonly<Record<string, Contender>> = { bulwark: guarded, usual };

const [name = '', redisUrl = '', storedHash = ''] = process.argv.slice(2);
const contender = contenders[name];
if (!contender) throw new Error(`no contender ${name}`);
configureEvents({ sinks: [] });
const client = createClient({ url: redisUrl });
await client.connect();
const app = await contender(client, storedHash);
const collect = collector();

const server = createServer(app);
if (contender === guarded) limits(server);
// A connection waits while others have their turn.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('message', (asked) => {
  if (asked === 'collect') collect();
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
// So that a profiler writes what it has.
process.on('disconnect', () => process.exit());
