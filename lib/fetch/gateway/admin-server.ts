import { createServer, type Server } from 'node:http';
import type { Gate } from './gate.ts';

/** What an orchestrator and a scraper ask for. It has a port of its own, which no client of the proxy needs. */
export function createAdminServer(gate: Gate): Server {
  const server = createServer({ maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 5_000 });
  server.maxConnections = 100;
  server.on('request', (request, response) => {
    const answer =
      request.method === 'GET' || request.method === 'HEAD' ? pageOf(gate, request.url ?? '') : undefined;
    const { status, type, text } = answer ?? {
      status: 404,
      type: 'text/plain',
      text: 'There is /health, /ready and /metrics.\n',
    };
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? '' : text);
  });
  return server;
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function pageOf(gate: Gate, url: string): Page | undefined {
  const plain = (status: number, text: string): Page => ({ status, type: 'text/plain; charset=utf-8', text });
  switch (url.split('?')[0]) {
    case '/health':
      return plain(200, 'ok\n');
    case '/ready':
      return gate.stopping ? plain(503, 'stopping\n') : plain(200, 'ready\n');
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', text: gate.metrics.text() };
    default:
      return undefined;
  }
}
