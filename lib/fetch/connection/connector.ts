import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Denied } from '../../refusal/decision.ts';
import { decideAnswers, decidePeer, giveAnswers, literalAnswer, resolveName } from '../lookup/answers.ts';
import { passesReported } from '../policy/denial.ts';
import { portOf } from '../policy/destination.ts';
import { hostOf } from '../policy/host-rule.ts';
import { logDecision } from '../policy/log-decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { finishPausedParser } from './paused-parser.ts';
import { openTunnelToAny } from './tunnel.ts';

export interface ConnectorUse {
  /** Makes the error that the request sees. */
  refused(denied: Denied): Error;
  /** False once nobody waits for a connection to this origin any more: then nothing is dialled. */
  wanted(origin: string): boolean;
  opened(origin: string): void;
}

/**
 * Opens sockets for undici, and only to addresses that the policy allows. It is a function, as undici hands one every
 * connection; a `lookup` option would never see a literal address. The resolver is asked once, every answer is checked,
 * and the whole checked list is what `net` may dial: no second resolution (DNS rebinding), and happy eyeballs still has
 * its second address. Nothing is thrown: every failure goes to the callback.
 */
export function guardedConnector(policy: FetchPolicy, use: ConnectorUse): buildConnector.connector {
  const handOver = new HandOver();
  const connect = buildConnector({
    timeout: policy.connectTimeoutMs,
    lookup: handOver.lookup,
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    const port = portOf(options);
    const origin = `${options.protocol}//${options.host}`;
    const host = hostOf(options.hostname);
    let reported: Denied | undefined;
    const fail = (error: unknown): void => callback(error as Error, null);
    /** It was let through, and there is no connection all the same. */
    const unreached = (error: unknown, answers: readonly LookupAddress[]): void => {
      logDecision(policy, 'failed', { host, port, answers, denied: reported });
      fail(error);
    };
    const refuse = (denied: Denied, answers: readonly LookupAddress[]): void => {
      logDecision(policy, 'refused', { host, port, answers, denied });
      fail(use.refused(denied));
    };
    const connected = (socket: Socket, answers: readonly LookupAddress[], peer: string): void => {
      if (!use.wanted(origin)) {
        socket.destroy();
        unreached(nobodyWaits(), answers);
        return;
      }
      const outcome = reported ? 'reported' : 'allowed';
      logDecision(policy, outcome, { host, port, answers, peer, denied: reported });
      use.opened(origin);
      finishPausedParser(socket);
      callback(null, socket);
    };

    const dial = (answers: readonly LookupAddress[]): void => {
      handOver.during(answers, () =>
        connect(options, (error, socket) => {
          if (error) return unreached(error, answers);
          const peer = socket.remoteAddress;
          const stray = peer === undefined ? undefined : decidePeer(peer, answers, host);
          if (peer !== undefined && !stray) return connected(socket, answers, peer);
          socket.destroy();
          if (stray) refuse(stray, answers);
          else unreached(new Error('The connection was closed.'), answers);
        }),
      );
    };
    const dialThroughProxy = async (answers: readonly LookupAddress[]): Promise<void> => {
      if (!policy.proxy) return dial(answers);
      const addresses = answers.map(({ address }) => address);
      const { socket, address } = await openTunnelToAny(
        policy.proxy,
        addresses,
        port,
        policy.connectTimeoutMs,
      );
      if (options.protocol !== 'https:') return connected(socket, answers, address);
      connect({ ...options, httpSocket: socket }, (error, secure) =>
        error ? unreached(error, answers) : connected(secure, answers, address),
      );
    };
    const decide = (answers: readonly LookupAddress[]): void => {
      const denied = decideAnswers(answers, host, port, policy);
      if (!use.wanted(origin)) unreached(nobodyWaits(), answers);
      else if (denied && !passesReported(denied, policy, 0)) refuse(denied, answers);
      else {
        reported = denied;
        dialThroughProxy(answers).catch((error) => unreached(error, answers));
      }
    };

    const literal = literalAnswer(options.hostname);
    if (literal) decide(literal);
    else {
      // The hint is what `net` passes, so that the answers are those a plain connection would use.
      resolveName(options.hostname, { hints: dns.ADDRCONFIG }, (error, answers) =>
        error ? unreached(error, answers) : decide(answers),
      );
    }
  };
}

function nobodyWaits(): Error {
  return new Error('Nobody waits for this connection any more.');
}

/** Gives `net` the answers that were checked and nothing else: it looks a name up in the very call that dials. */
class HandOver {
  #checked: readonly LookupAddress[] = [];

  during(answers: readonly LookupAddress[], dial: () => void): void {
    this.#checked = answers;
    try {
      dial();
    } finally {
      this.#checked = [];
    }
  }

  readonly lookup: LookupFunction = (_hostname, options, callback) => {
    giveAnswers(this.#checked, options, callback);
  };
}
