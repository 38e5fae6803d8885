import { type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

const servers: Server[] = [];

export function closeServers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

export async function listen(app: Express): Promise<number> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  raw: readonly string[];
  body: string;
}
export function ask(
  port: number,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request({ port, host: '127.0.0.1', path, method, headers }, (res) => {
      let text = '';
      res
        .setEncoding('utf8')
        .on('data', (part) => {
          text += part;
        })
        .on('end', () =>
          resolve({ status: res.statusCode ?? 0, headers: res.headers, raw: res.rawHeaders, body: text }),
        )
        .on('error', () =>
          resolve({ status: res.statusCode ?? 0, headers: res.headers, raw: res.rawHeaders, body: text }),
        );
    });
    req.on('error', reject);
    req.end(body);
  });
}
export const policyOf = ({ headers }: Answer): string => String(headers['content-security-policy'] ?? '');
export const nonceOf = (answer: Answer): string => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? '';

/** What every answer has. */
export const secure: readonly string[] = [
  'content-security-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'origin-agent-cluster',
];
