import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Admitted, admit } from './admit.ts';
import { answerBytes, denialAnswer, failureAnswer, type ProblemAnswer } from './answer/problem-answer.ts';
import { decideAgain, rulesOf } from './decide-again.ts';
import { conclude, type Gate } from './gate.ts';
import { closeLine } from './log/decision-line.ts';
import { Cancel, clientClosed } from './origin/cancel.ts';
import { type Opened, openChecked } from './origin/open-checked.ts';
import { pipeTunnel, type Tunnel } from './tunnel.ts';

/** Serves CONNECT (RFC 9110, 9.3.6). The connection has no HTTP server any more: what is answered here closes it. */
export async function serveConnect(
  gate: Gate,
  request: IncomingMessage,
  client: Socket,
  head: Buffer,
): Promise<void> {
  client.on('error', () => {});
  const admitted = admit(gate, request);
  if ('denied' in admitted) {
    const answer = denialAnswer(admitted.denied, admitted.attempt.id, admitted.retryAfter);
    conclude(gate, admitted.attempt, { denied: admitted.denied, status: answer.status });
    return refuse(client, answer);
  }
  const { active } = admitted.use;
  active.tunnels += 1;
  const rules = rulesOf(gate);
  const opened = await open(gate, admitted, client);
  if (opened.outcome !== 'open') {
    active.tunnels -= 1;
    return notOpened(gate, admitted, opened, client);
  }
  const { socket: upstream, answers, peer } = opened;
  const wouldDeny = admitted.wouldDeny ?? opened.wouldDeny;
  const attempt = admitted.attempt;
  if (!client.writable || gate.stopping) {
    active.tunnels -= 1;
    upstream.on('error', () => {}).destroy();
    client.destroy();
    conclude(gate, attempt, { wouldDeny, answers, peer, error: 'client closed', status: 0 });
    return;
  }
  // A reload came while it was opened: it saw no tunnel that it could close.
  const denied = decideAgain({ attempt, shown: admitted.shown, answers }, rules, gate);
  if (denied) {
    active.tunnels -= 1;
    upstream.on('error', () => {}).destroy();
    notOpened(gate, admitted, { outcome: 'denied', denied, answers }, client);
    return;
  }
  conclude(gate, attempt, { wouldDeny, answers, peer, status: 200 });
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  const piped = pipeTunnel(client, upstream, gate.settings.limits, (why) => {
    active.tunnels -= 1;
    gate.tunnels.delete(tunnel);
    const bytes = tunnel.bytes();
    gate.metrics.bytes.add({ role: admitted.use.role.name, direction: 'out' }, bytes.bytesOut);
    gate.metrics.bytes.add({ role: admitted.use.role.name, direction: 'in' }, bytes.bytesIn);
    gate.log.write(closeLine(attempt, { ...bytes, why }));
  });
  // The client did not wait for the answer: its first bytes came with the request.
  if (head.length > 0) upstream.write(head);
  const { bytes, close } = piped;
  const tunnel: Tunnel = {
    ...{ attempt, shown: admitted.shown, answers, close },
    bytes: () => ({ bytesIn: bytes().bytesIn, bytesOut: bytes().bytesOut + head.length }),
  };
  gate.tunnels.add(tunnel);
}

async function open(gate: Gate, { attempt, target, use }: Admitted, client: Socket): Promise<Opened> {
  const gone = new Cancel();
  const cancel = (): void => gone.cancel(clientClosed);
  client.once('close', cancel);
  const { connectTimeoutMs, maxLookups } = gate.settings.limits;
  const began = performance.now();
  const opened = await openChecked(
    { role: use.role, method: attempt.method, host: target.host, port: target.port },
    {
      ...{ names: gate.names, ownPorts: gate.ownPorts, maxLookups, allowHalfOpen: true },
      ...{ timeoutMs: connectTimeoutMs, gone },
    },
  );
  client.off('close', cancel);
  if (opened.outcome === 'open') gate.metrics.connectSeconds.observe((performance.now() - began) / 1_000);
  return opened;
}

function notOpened(
  gate: Gate,
  { attempt, wouldDeny }: Admitted,
  result: Exclude<Opened, { outcome: 'open' }>,
  client: Socket,
): void {
  const { answers } = result;
  if (result.outcome === 'denied') {
    const answer = denialAnswer(result.denied, attempt.id);
    conclude(gate, attempt, { denied: result.denied, answers, status: answer.status });
    refuse(client, answer);
    return;
  }
  const answer = failureAnswer(result.late, attempt.id);
  const status = client.writable ? answer.status : 0;
  conclude(gate, attempt, { wouldDeny, answers, error: result.error, status });
  refuse(client, answer);
}

/** How long a client may take to read why it was refused. */
const lingerMs = 2_000;

function refuse(client: Socket, answer: ProblemAnswer): void {
  // What it still sends is thrown away: unread bytes would make the close a reset, and the answer would be lost.
  client.resume();
  client.setTimeout(lingerMs, () => client.destroy());
  const late = setTimeout(() => client.destroy(), lingerMs);
  client.once('close', () => clearTimeout(late));
  client.once('end', () => client.destroySoon());
  client.end(answerBytes(answer));
}
