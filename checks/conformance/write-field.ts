/**
 * Counts which answers of the usual sets have the security headers: `unshare -n sh -c 'ip link set lo up && npx tsx
 * checks/conformance/write-field.ts'`.
 */
import type { AddressInfo } from 'node:net';
import { Connection } from './client/connection.ts';
import { Reply } from './client/reply.ts';
import { configurations } from './configurations.ts';
import type { ConformanceApp } from './contract.ts';
import { kinds } from './field/kinds.ts';
import { peers } from './field/peers.ts';
import { secret } from './world/thrown.ts';

const names = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'strict-transport-security',
  'referrer-policy',
];

/** Undefined if nothing came within two seconds. */
async function ask(port: number, target: string, method = 'GET'): Promise<Reply | undefined> {
  const connection = await Connection.open(port);
  const timer = setTimeout(() => connection.destroy(), 2_000);
  try {
    const head = `${method} ${target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`;
    const [answer] = await connection.write(head, method).ended();
    return answer && new Reply(answer);
  } finally {
    clearTimeout(timer);
  }
}

// What an error of the application does to the process is not what is counted.
process.on('uncaughtException', () => {}).on('unhandledRejection', () => {});
console.error = () => {};
process.env['NODE_ENV'] = 'production';
for (const { name, start } of peers) {
  const server = await start();
  await count(name, (server.address() as AddressInfo).port);
  server.closeAllConnections();
  server.close();
}
for (const name of ['express', 'fastify', 'hono', 'koa'] as const) {
  const { app } = (await import(`./apps/${name}.ts`)) as { readonly app: ConformanceApp };
  const running = await app.start(configurations.plain);
  await count(`bulwark/${name}`, Number(new URL(running.url).port));
  await running.close();
}
process.exit();

async function count(name: string, port: number): Promise<void> {
  const first = await ask(port, '/');
  const own = names.filter((header) => first?.header(header) !== undefined);
  const lost: string[] = [];
  const shown: string[] = [];
  for (const [what, target, method] of kinds) {
    const reply = await ask(port, target, method);
    if (reply === undefined) lost.push(`${what} (no answer)`);
    else if (own.some((header) => reply.header(header) === undefined)) lost.push(what);
    if (reply?.text.includes(secret)) shown.push(what);
    if (target === '/failing' && reply?.header('content-encoding'))
      shown.push('Content-Encoding of another body');
  }
  process.stdout.write(
    `${name}: ${kinds.length - lost.length} of ${kinds.length} have the headers (${own.join(', ')})\n`,
  );
  process.stdout.write(`  lost: ${lost.join('; ') || 'none'}\n  shown: ${shown.join('; ') || 'none'}\n`);
}
