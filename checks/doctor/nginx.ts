import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { findProgram } from '../machine/program.ts';
import { type Running, startServer } from '../machine/server.ts';

/** A `server` of nginx. */
export interface NginxServer {
  readonly port: number;
  /** PEM files. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  /** The lines of `location /`, without `proxy_pass`, `proxy_bind` and the end of the line. */
  readonly lines: readonly string[];
  readonly to: string;
  /** The address that it connects from, so that hops can be told apart on one machine. */
  readonly from: string;
}

/** A real nginx on loopback, with a cache zone called `pages`. */
export async function startNginx(servers: readonly NginxServer[]): Promise<Running> {
  const command = findProgram('nginx');
  if (command === undefined) throw new Error('nginx is not installed. Run checks/machine/install.sh.');
  return await startServer({
    name: 'nginx',
    account: undefined,
    ready: /using the "\w+" event method/,
    stopSignal: 'SIGTERM',
    async prepare(folder) {
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, configuration(folder, servers));
      return { command, args: ['-p', folder, '-e', 'stderr', '-c', file] };
    },
  });
}

function configuration(folder: string, servers: readonly NginxServer[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  proxy_cache_path ${folder}/cache keys_zone=pages:1m;
  ${servers.map(serverText).join('\n  ')}
}
`;
}

function serverText({ port, tls, lines, to, from }: NginxServer): string {
  const secure = tls ? `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};` : '';
  return `server {
    listen 127.0.0.1:${port}${tls ? ' ssl' : ''};
    ${secure}
    location / {
      ${lines.map((line) => `${line.replace(/;$/, '')};`).join('\n      ')}
      proxy_bind ${from};
      proxy_pass ${to};
    }
  }`;
}

/** Free ports, held until they are released. */
export async function reservePorts(count: number): Promise<{ ports: number[]; release(): Promise<void> }> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  const release = async (): Promise<void> => {
    await Promise.all(probes.map((probe) => once(probe.close(), 'close')));
  };
  return { ports, release };
}
