import {
  type ClientRequest,
  type IncomingMessage,
  request as open,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import type { Admitted } from './admit.ts';
import { endToEnd } from './answer/hop-by-hop.ts';
import { onceAnswered } from './answer/once-answered.ts';
import { denialAnswer, failureAnswer } from './answer/problem-answer.ts';
import { sendProblem } from './answer/send-problem.ts';
import { decideAgain, type Rules, rulesOf } from './decide-again.ts';
import { conclude, type Gate } from './gate.ts';
import { Cancel, clientClosed } from './origin/cancel.ts';
import { type Opened, openChecked } from './origin/open-checked.ts';
import { type AgentRequest, NotOpenedError, whatOpened } from './origin/role-agents.ts';

/** One plain request on its way: what the client sent and waits on. */
interface Exchange {
  readonly gate: Gate;
  readonly admitted: Admitted;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client waits for `100 Continue` before it sends its body. */
  readonly continues: boolean;
  readonly hasBody: boolean;
  readonly gone: Cancel;
  /** By which it was admitted. */
  readonly rules: Rules;
  logged: boolean;
}

/** May be sent twice without harm (RFC 9110, 9.2.2), so a kept connection may carry it. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Sends a request on, and its answer back; bodies pass through and are never held. Ends when both have ended. */
export function forwardRequest(
  gate: Gate,
  admitted: Admitted,
  request: IncomingMessage,
  response: ServerResponse,
  continues: boolean,
): void {
  const { active } = admitted.use;
  const gone = new Cancel();
  active.requests += 1;
  onceAnswered(request.socket, response, () => {
    active.requests -= 1;
    gone.cancel(clientClosed);
  });
  const { headers } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  // A client that goes away shows in `onceAnswered`.
  request.on('error', () => {});
  response.on('error', () => {});
  const exchange = {
    gate,
    admitted,
    request,
    response,
    continues,
    hasBody,
    gone,
    rules: rulesOf(gate),
    logged: false,
  };
  send(exchange, repeatable.has(admitted.attempt.method) && !hasBody && !identifies(headers.authorization));
}

/**
 * NTLM and Negotiate identify a connection and not a request (RFC 4559, 6): the next one on it would speak for the former
 * client. What is no plain credential of one request gets a connection that carries no other.
 */
function identifies(authorization: string | undefined): boolean {
  return authorization !== undefined && !/^(?:basic|bearer|digest) /i.test(authorization);
}

/** Answers before the answer: 103 (RFC 8297) and its like. */
const mostEarly = 32;

/** @param keeps whether a kept connection may be used */
function send(exchange: Exchange, keeps: boolean): void {
  const { gate, admitted, request, response, gone } = exchange;
  const { role, agents } = admitted.use;
  const { idleMs, maxHeaderBytes } = gate.settings.limits;
  const { host, port, path } = admitted.target;
  const options: RequestOptions & AgentRequest = {
    ...{
      method: admitted.attempt.method,
      host,
      port,
      path,
      setHost: false,
      maxHeaderSize: maxHeaderBytes,
      timeout: idleMs,
    },
    headers: forwardedHeaders(exchange) as never,
    agent: keeps ? agents.kept : agents.fresh,
    open: () => openFor(exchange),
  };
  let sent: ClientRequest;
  try {
    sent = open(options);
  } catch {
    // Node refuses a field that its own parser had let through.
    fail(exchange, 'unsendable', false);
    return;
  }
  const stop = (): void => void sent.destroy();
  gone.on(stop);
  let late = false;
  sent.once('timeout', () => {
    late = true;
    sent.destroy();
  });
  sent.once('socket', (socket) => {
    // A kept one still has the shorter time of its rest.
    socket.setTimeout(idleMs);
    if (exchange.continues) response.writeContinue();
    if (exchange.logged) return;
    exchange.logged = true;
    const opened = whatOpened(socket);
    const kept = sent.reusedSocket;
    conclude(gate, admitted.attempt, {
      ...{ wouldDeny: admitted.wouldDeny ?? opened?.wouldDeny, peer: opened?.peer, kept, status: 0 },
      answers: kept ? [] : (opened?.answers ?? []),
    });
  });
  let settled = false;
  const settle = (work: () => void): void => {
    if (!settled) work();
    settled = true;
  };
  let early = 0;
  // Nothing of these reaches the client, so nothing slows an origin that sends them without end.
  sent.on('information', () => {
    early += 1;
    if (early <= mostEarly) return;
    settle(() => fail(exchange, 'too many 1xx', false));
    sent.destroy();
  });
  // What nobody asked for: an answer by another protocol.
  sent.once('upgrade', (_, socket) => {
    socket.destroy();
    settle(() => fail(exchange, 'answered 101', false));
  });
  sent.once('response', (answer) =>
    settle(() => {
      const why = unfitOf(answer);
      if (why === undefined) return relay(exchange, answer, role.name);
      answer.destroy();
      fail(exchange, why, false);
    }),
  );
  // Not once: what comes after the first one must not end the process.
  sent.on('error', (error) =>
    settle(() => {
      if (error instanceof NotOpenedError) return notOpened(exchange, error);
      // The other side closed a kept connection just when it was taken (RFC 9110, 9.2.2).
      if (keeps && sent.reusedSocket && !late && !gone.reason) send(exchange, false);
      else fail(exchange, (error as NodeJS.ErrnoException).code ?? 'failed', late);
    }),
  );
  sent.once('close', () => {
    gone.off(stop);
    if (exchange.hasBody) gate.metrics.bytes.add({ role: role.name, direction: 'out' }, bodyBytes(request));
    settle(() => fail(exchange, 'closed', late));
  });
  if (exchange.hasBody) {
    request.on('data', (chunk: Buffer) => counted.set(request, bodyBytes(request) + chunk.length));
    request.pipe(sent);
  } else sent.end();
}

const counted = new WeakMap<IncomingMessage, number>();

function bodyBytes(request: IncomingMessage): number {
  return counted.get(request) ?? 0;
}

async function openFor({ gate, admitted, gone, rules }: Exchange): Promise<Opened> {
  const { connectTimeoutMs, maxLookups } = gate.settings.limits;
  const { attempt, target, use } = admitted;
  const began = performance.now();
  const opened = await openChecked(
    { role: use.role, method: attempt.method, host: target.host, port: target.port },
    {
      ...{ names: gate.names, ownPorts: gate.ownPorts, maxLookups, allowHalfOpen: false },
      ...{ timeoutMs: connectTimeoutMs, gone },
    },
  );
  if (opened.outcome !== 'open') return opened;
  gate.metrics.connectSeconds.observe((performance.now() - began) / 1_000);
  const { socket, answers } = opened;
  const denied = decideAgain({ attempt, shown: admitted.shown, answers }, rules, gate);
  if (!denied) return opened;
  socket.on('error', () => {}).destroy();
  return { outcome: 'denied', denied, answers };
}

function forwardedHeaders({ gate, admitted, request }: Exchange): string[] {
  return [
    ...['Host', admitted.target.authority],
    ...endToEnd(request.rawHeaders, ['host', 'expect']),
    ...(request.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked']),
    ...['Via', gate.via.value],
  ];
}

/** Why an answer is not passed on. */
function unfitOf({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  // An origin must not make the client think that the gateway wants its password.
  if (statusCode === 407 || statusCode < 200 || statusCode > 999) return `answered ${statusCode}`;
  // The coding is of one hop: passed on without its name, the body would be taken for what it is not.
  const coding = headers['transfer-encoding'];
  return coding === undefined || coding.toLowerCase() === 'chunked'
    ? undefined
    : 'an unknown transfer coding';
}

function relay(exchange: Exchange, answer: IncomingMessage, role: string): void {
  const { gate, response } = exchange;
  // A 204 has no length (RFC 9110, 8.6): who trusts it takes the next answer for the body.
  const without = answer.statusCode === 204 ? ['x-bulwark-code', 'content-length'] : ['x-bulwark-code'];
  const fields = endToEnd(answer.rawHeaders, without);
  const { statusCode = 502, statusMessage = '' } = answer;
  response.sendDate = false;
  if (gate.stopping) response.shouldKeepAlive = false;
  try {
    // A phrase has no meaning (RFC 9112, 4), and Node refuses the odd ones.
    const phrase = /^[\t\x20-\x7e]*$/.test(statusMessage) ? statusMessage : '';
    response.writeHead(statusCode, phrase, [...fields, 'Via', gate.via.value] as never);
  } catch {
    answer.destroy();
    response.statusMessage = '';
    fail(exchange, 'unsendable', false);
    return;
  }
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  answer.once('close', () => {
    gate.metrics.bytes.add({ role, direction: 'in' }, bytes);
    // Cut short: the client must see that, and not a whole answer.
    if (!answer.complete) response.destroy();
  });
  answer.on('error', () => response.destroy());
  answer.pipe(response);
}

function notOpened(exchange: Exchange, { result }: NotOpenedError): void {
  if (result.outcome === 'failed') {
    fail(exchange, result.error, result.late, result.answers);
    return;
  }
  const { gate, admitted, request, response } = exchange;
  const answer = denialAnswer(result.denied, admitted.attempt.id);
  exchange.logged = true;
  conclude(gate, admitted.attempt, { denied: result.denied, answers: result.answers, status: answer.status });
  sendProblem(request, response, answer);
}

function fail(
  exchange: Exchange,
  error: string,
  late: boolean,
  answers: Extract<Opened, { outcome: 'failed' }>['answers'] = [],
): void {
  const { gate, admitted, request, response } = exchange;
  if (response.headersSent) return void response.destroy();
  const answer = failureAnswer(late, admitted.attempt.id);
  const status = response.destroyed || request.socket.destroyed ? 0 : answer.status;
  // The line of what went on and failed then was written when it went on.
  if (!exchange.logged)
    conclude(gate, admitted.attempt, { wouldDeny: admitted.wouldDeny, answers, error, status });
  exchange.logged = true;
  sendProblem(request, response, answer);
}
