import { Agent, createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';

/** What Node can do at most: a proxy that checks nothing, logs nothing and counts nothing. */
export function createBareProxy(): Server {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, response) => {
    const { hostname, port, pathname, search } = new URL(incoming.url ?? '');
    const options = { agent, hostname, port, path: pathname + search, method: incoming.method };
    const sent = request({ ...options, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    incoming.pipe(sent);
  });
  server.on('connect', (incoming, client, head) => {
    const [host, port] = (incoming.url ?? '').split(':');
    const upstream = connect({ host, port: Number(port) }, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  return server;
}
