import type { LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
import { type Denied, deny } from '../../../refusal/decision.ts';
import { openTunnelToAny, tunnelTimeout } from '../../connection/tunnel.ts';
import { decidePeer, literalAnswer } from '../../lookup/answers.ts';
import { decideResolved } from '../role/decide-role.ts';
import type { Role } from '../role/role.ts';
import { Cancel } from './cancel.ts';
import { dial } from './dial.ts';
import type { NameResolver } from './name-resolver.ts';
import { decideOwnAddress } from './own-address.ts';

/** A connection that is asked for. */
export interface Asked {
  readonly role: Role;
  readonly method: string;
  readonly host: string;
  readonly port: number;
}

/** What connecting needs of the gateway. */
export interface Opening {
  readonly names: NameResolver;
  readonly ownPorts: readonly number[];
  readonly timeoutMs: number;
  readonly maxLookups: number;
  readonly allowHalfOpen: boolean;
  /** The client is gone: nobody waits for the connection. */
  readonly gone: Cancel;
}

export type Opened =
  | {
      readonly outcome: 'open';
      readonly socket: Socket;
      readonly peer: string;
      readonly answers: readonly LookupAddress[];
      readonly wouldDeny: Denied | undefined;
    }
  | NotOpened;

export type NotOpened =
  | { readonly outcome: 'denied'; readonly denied: Denied; readonly answers: readonly LookupAddress[] }
  | {
      readonly outcome: 'failed';
      /** For the log: `ECONNREFUSED`. */
      readonly error: string;
      readonly late: boolean;
      readonly answers: readonly LookupAddress[];
    };

/**
 * Resolves once, checks every answer, connects to one of those and looks at the peer again. Everything together has
 * `timeoutMs`. What was decided before by the name alone is not decided again here.
 */
export async function openChecked(asked: Asked, opening: Opening): Promise<Opened> {
  const { role, host, port } = asked;
  const cancel = new Cancel();
  const gone = (reason: Error): void => cancel.cancel(reason);
  const ends = performance.now() + opening.timeoutMs;
  const timer = setTimeout(gone, opening.timeoutMs, late);
  opening.gone.on(gone);
  let answers: readonly LookupAddress[] = [];
  try {
    const asking = literalAnswer(host) ?? opening.names.resolve(host, role.name, cancel);
    if (asking === undefined) return denied(busy(asked, opening.maxLookups), answers);
    answers = 'then' in asking ? await untilCancelled(asking, cancel) : asking;
    const loop = decideOwnAddress(answers, { ...asked, role: role.name }, opening.ownPorts);
    if (loop) return denied(loop, answers);
    const verdict = decideResolved(role, answers, { host, port });
    if (verdict.denied) return denied(verdict.denied, answers);
    const { socket, peer } = await connect(asked, answers, cancel, opening, ends);
    const stray = role.policy.proxy ? undefined : decidePeer(peer, answers, host);
    if (!stray) return { outcome: 'open', socket, peer, answers, wouldDeny: verdict.wouldDeny };
    socket.destroy();
    return denied(stray, answers);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const timedOut = error === late || code === 'ETIMEDOUT' || code === tunnelTimeout;
    return {
      ...{ outcome: 'failed', late: timedOut, answers },
      error: timedOut ? 'ETIMEDOUT' : opening.gone.reason ? 'client closed' : (code ?? 'failed'),
    };
  } finally {
    clearTimeout(timer);
    opening.gone.off(gone);
  }
}

async function connect(
  { role, port }: Asked,
  answers: readonly LookupAddress[],
  cancel: Cancel,
  { allowHalfOpen }: Opening,
  ends: number,
): Promise<{ socket: Socket; peer: string }> {
  const { proxy } = role.policy;
  if (proxy) {
    const addresses = answers.map(({ address }) => address);
    // What resolving has left of the time.
    const left = Math.max(1, ends - performance.now());
    const { socket, address } = await openTunnelToAny(proxy, addresses, port, left);
    socket.allowHalfOpen = allowHalfOpen;
    return { socket, peer: address };
  }
  const socket = await dial(answers, port, { cancel, allowHalfOpen });
  const peer = socket.remoteAddress;
  if (peer !== undefined) return { socket, peer };
  socket.destroy();
  throw Object.assign(new Error('It was closed at once.'), { code: 'ECONNRESET' });
}

function busy({ role, method }: Asked, limit: number): Denied {
  return deny('gateway/too-busy', { role: role.name, method, limit, rule: 'maxLookups' });
}

function denied(why: Denied, answers: readonly LookupAddress[]): NotOpened {
  return { outcome: 'denied', denied: why, answers };
}

const late = new Error('It took too long.');

function untilCancelled<T>(work: Promise<T>, cancel: Cancel): Promise<T> {
  return new Promise((done, failed) => {
    cancel.on(failed);
    work.then(done, failed).finally(() => cancel.off(failed));
  });
}
