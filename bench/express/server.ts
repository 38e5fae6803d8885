/** One contender: serves a small JSON answer, and tells its parent the port and, when asked, its CPU time so far. */
import type { AddressInfo } from 'node:net';
import { collector } from '../turns.ts';
import { contenders } from './contenders.ts';

const [name = '', helmet = ''] = process.argv.slice(2);
const app = await contenders(helmet)[name]?.();
if (!app) throw new Error(`no contender ${name}`);
const collect = collector();

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
// A connection waits while others have their turn.
server.keepAliveTimeout = 0;
process.on('message', (asked) => {
  if (asked === 'collect') collect();
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
process.on('disconnect', () => process.exit());
