import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Node proxy. With `silent`, it removes forwarded headers and writes none; otherwise it appends correctly. */
export async function openNodeProxy(
  target: number,
  silent: boolean,
): Promise<{ port: number; server: Server }> {
  const server = createServer((req, res) => {
    const headers: Record<string, string | string[] | undefined> = { ...req.headers };
    if (silent) {
      for (const name of Object.keys(headers))
        if (/^(?:x-forwarded|forwarded)/.test(name)) delete headers[name];
    } else {
      const before = req.headers['x-forwarded-for'];
      const peer = req.socket.remoteAddress ?? '';
      headers['x-forwarded-for'] = before === undefined ? peer : `${before}, ${peer}`;
      // An outer proxy overwrites it. Without one, clients connect to this proxy.
      if (peer === '127.0.0.1') headers['x-forwarded-proto'] = 'http';
    }
    const to = { host: '127.0.0.1', port: target, localAddress: '127.0.0.4' };
    const { method, url: path } = req;
    const asked = request({ ...to, method, path, headers, agent: false }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    asked.on('error', () => res.destroy());
    req.pipe(asked);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}
