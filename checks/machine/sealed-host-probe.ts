/** Probes destinations from a sealed network: `{ given }` on standard input, the view as JSON on standard output. */
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { lookAtHost } from '../../cli/audit/live/look-at-host.ts';

const input = JSON.parse(await text(process.stdin)) as {
  readonly listen: readonly string[];
  readonly given: readonly { readonly address: string; readonly port: number }[];
};
let bytes = 0;
const connections: string[] = [];
const servers = await Promise.all(
  input.listen.map(async (address) => {
    const server = createServer((socket) => {
      connections.push(address);
      socket.on('data', (chunk) => {
        bytes += chunk.length;
      });
      socket.on('error', () => {});
    });
    server.listen(80, address);
    await new Promise((resolve) => server.once('listening', resolve));
    return server;
  }),
);
const view = await lookAtHost(input.given);
await new Promise((resolve) => setTimeout(resolve, 50));
for (const server of servers) server.close();
process.stdout.write(JSON.stringify({ ...view, connections: connections.sort(), bytes }));
