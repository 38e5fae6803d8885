/** One process of the measurement: an origin, a bare proxy or the gateway. It tells its port, and its CPU when asked. */
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { startGateway } from 'bulwark/fetch/gateway';
import { createBareProxy } from './bare-proxy.ts';

const [kind, originPort] = process.argv.slice(2);

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function start(): Promise<number> {
  const body = Buffer.alloc(1_024, 'x');
  if (kind === 'origin') {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length }).end(body);
    });
    server.keepAliveTimeout = 60_000;
    return portOf(server);
  }
  if (kind === 'bare') return portOf(createBareProxy());
  const gateway = await startGateway({
    listen: { port: 0 },
    log: { file: '/dev/null' },
    limits: { requestsPerSecond: 1_000_000, maxTunnelsPerRole: 100_000, maxTunnels: 100_000 },
    roles: [
      {
        ...{ name: 'bench', anonymous: true, hosts: 'public' },
        allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [Number(originPort)] }],
      },
    ],
  });
  return gateway.port;
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
process.on('disconnect', () => process.exit());
process.send?.({ port: await start() });
