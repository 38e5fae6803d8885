import { constants } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import { deny } from '../../refusal/decision.ts';
import { admit } from './admit.ts';
import { onceAnswered } from './answer/once-answered.ts';
import { answerBytes, denialAnswer, unreadableAnswer } from './answer/problem-answer.ts';
import { sendProblem } from './answer/send-problem.ts';
import { forwardRequest } from './forward-request.ts';
import { addressOf, conclude, type Gate } from './gate.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import type { Attempt } from './log/decision-line.ts';
import { readCertificate } from './role/certificate-rule.ts';
import { serveConnect } from './serve-connect.ts';

/** The port of clients: reads heads with Node's strict parser, and hands on what can be read. */
export interface ProxyServer {
  readonly server: Server;
  readonly sockets: ReadonlySet<Socket>;
  /** Takes over what may change while it listens. */
  apply(settings: GatewaySettings): void;
}

export function createProxyServer(first: GatewaySettings, gateOf: () => Gate): ProxyServer {
  const { limits } = first;
  const options: ServerOptions = {
    insecureHTTPParser: false,
    // Asked for in `admit`, so that such an attempt has its line too.
    requireHostHeader: false,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headerTimeoutMs,
    // How often Node looks for those that are late.
    connectionsCheckingInterval: Math.max(10, Math.min(1_000, limits.headerTimeoutMs / 2)),
    requestTimeout: 0,
    keepAlive: true,
    noDelay: true,
  };
  const server: Server | TlsServer = first.tls
    ? createTlsServer({
        ...{ ...options, ...secure(first), handshakeTimeout: limits.headerTimeoutMs },
        ...{ requestCert: first.tls.clientCa !== undefined, rejectUnauthorized: false },
        ALPNProtocols: ['http/1.1'],
      })
    : createServer(options);
  // Node drops fields beyond a number, and goes on without them; the bytes of a head are bounded instead.
  server.maxHeadersCount = 0;
  const sockets = new Set<Socket>();
  const underWay = new WeakMap<Socket, number>();
  /** Which map a handshake's certificate belongs to: it is checked by the authority of when its connection began. */
  const began = new Map<string, Gate['certificates']>();
  const apply = ({ limits: next, tls }: GatewaySettings): void => {
    server.maxConnections = next.maxConnections;
    server.headersTimeout = next.headerTimeoutMs;
    server.keepAliveTimeout = next.keepAliveMs;
    (server as { maxHeaderSize?: number }).maxHeaderSize = next.maxHeaderBytes;
    if (tls) (server as TlsServer).setSecureContext(secure({ tls }));
  };
  apply(first);

  const serve = (request: IncomingMessage, response: ServerResponse, continues: boolean): void => {
    const { socket } = request;
    const gate = gateOf();
    const { tunnelMs, headerTimeoutMs } = gate.settings.limits;
    const life = setTimeout(() => socket.destroy(), tunnelMs);
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    onceAnswered(socket, response, () => {
      clearTimeout(life);
      underWay.set(socket, (underWay.get(socket) ?? 1) - 1);
    });
    response.once('finish', () => dropLateBody(request, headerTimeoutMs));
    // Node's parser drops what comes behind such a request.
    if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
    if (gate.stopping) response.shouldKeepAlive = false;
    const admitted = admit(gate, request);
    if (!('denied' in admitted)) {
      forwardRequest(gate, admitted, request, response, continues);
      return;
    }
    const answer = denialAnswer(admitted.denied, admitted.attempt.id, admitted.retryAfter);
    conclude(gate, admitted.attempt, { denied: admitted.denied, status: answer.status });
    sendProblem(request, response, answer);
  };

  server
    .on('connection', (socket: Socket) => {
      sockets.add(socket);
      const [from, { certificates }] = [addressOf(socket), gateOf()];
      if (first.tls) began.set(from, certificates);
      socket.once('close', () => {
        sockets.delete(socket);
        began.delete(from);
      });
    })
    .on('secureConnection', (socket: TLSSocket) => {
      if (socket.authorized)
        began.get(addressOf(socket))?.set(socket, readCertificate(socket.getPeerCertificate()));
    })
    .on('request', (request, response) => serve(request, response, false))
    .on('checkContinue', (request, response) => serve(request, response, true))
    .on('checkExpectation', (request, response) => serve(request, response, false))
    .on('drop', () => gateOf().metrics.droppedConnections.add({}))
    .on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      // An answer that is still on its way would be mixed with the tunnel's bytes.
      if ((underWay.get(socket) ?? 0) > 0) {
        unserved(gateOf(), socket, { method: 'CONNECT', why: 'CONNECT behind another request', status: 0 });
        return void socket.destroy();
      }
      serveConnect(gateOf(), request, socket, head).catch(() => socket.destroy());
    })
    .on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      unreadable(gateOf(), error, socket, (underWay.get(socket) ?? 0) > 0);
    });
  return { server, sockets, apply };
}

/** All that a context is made of: one that is set later has nothing of the server's first options. */
function secure({ tls }: Pick<GatewaySettings, 'tls'>): SecureContextOptions {
  if (!tls) throw new Error('There is no TLS here.');
  return {
    ...{ key: tls.key, cert: tls.cert, ...(tls.clientCa && { ca: tls.clientCa }), minVersion: 'TLSv1.2' },
    // A resumed session would bring a certificate along that was not shown again.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** What is left of a body when its request was answered is thrown away, and may trickle in for so long. */
function dropLateBody(request: IncomingMessage, withinMs: number): void {
  if (request.complete || request.socket.destroyed) return;
  const late = setTimeout(() => request.socket.destroy(), withinMs).unref();
  request.once('end', () => clearTimeout(late)).once('close', () => clearTimeout(late));
  request.resume();
}

/** The line of what is no request that could be decided. */
function unserved(
  gate: Gate,
  socket: Socket,
  { method, why, status }: { readonly method: string; readonly why: string; readonly status: number },
): string {
  const attempt: Attempt = {
    ...{ id: gate.nextId(), role: undefined, principal: '', method, host: '', port: 0 },
    ...{ client: addressOf(socket), startedAt: performance.now() },
  };
  conclude(gate, attempt, { denied: deny('gateway/invalid-request', { method, why }), status });
  return attempt.id;
}

/** Bytes that are no request: each such connection has its line too, and is closed. */
function unreadable(
  gate: Gate,
  { code = '' }: NodeJS.ErrnoException,
  socket: Socket,
  answering: boolean,
): void {
  // A connection that was opened and closed is nobody's attempt; neither is a failed TLS handshake a request.
  if (!/^HPE_|^ERR_HTTP_/.test(code) || socket.bytesRead === 0) return void socket.destroy();
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const answers = !answering && socket.writable;
  const id = unserved(gate, socket, { method: '', why: code, status: answers ? status : 0 });
  if (!answers) return void socket.destroy();
  socket.on('error', () => {});
  socket.end(answerBytes(unreadableAnswer(status, id)));
  socket.destroySoon();
}
