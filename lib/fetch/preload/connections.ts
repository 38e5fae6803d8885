import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { type Denied, deny } from '../../refusal/decision.ts';
import { currentRequest } from '../../request/context.ts';
import { parseAddress } from '../address/address.ts';
import { decideAnswers, decidePeer } from '../lookup/answers.ts';
import { fetchRefusal, passesReported } from '../policy/denial.ts';
import { decidePlace } from '../policy/destination.ts';
import type { EgressDecision } from '../policy/egress-decision.ts';
import { hostOf } from '../policy/host-rule.ts';
import { logDecision } from '../policy/log-decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { type ConnectTarget, portNumber } from './connect-target.ts';
import type { EgressLog } from './egress-log.ts';
import type { EgressPolicy } from './egress-policy-file.ts';
import { isEnvironmentProxy } from './environment-proxy.ts';

/** A connection that was let through so far. */
export interface Attempted {
  /** For a socket of the file system, and then there is no host. */
  readonly path: string | undefined;
  /** As rules are compared, and as it is dialled. */
  readonly host: string;
  readonly dialled: string;
  readonly port: number;
  /** The policy's own proxy: trusted, where it stands is not checked. */
  proxy: boolean;
  /** What the name was denied for, where a lookup of the caller's may yet lead to the policy's proxy. */
  readonly place: Denied | undefined;
  answers: readonly LookupAddress[];
  reported: Denied | undefined;
  /** Nothing is written down twice. */
  told: boolean;
}

/** What a process decides about its connections. Nothing is thrown: errors are for the socket. */
export class Connections {
  readonly #policy: FetchPolicy;
  readonly #sockets: ReadonlySet<string>;
  readonly #log: EgressLog;

  constructor({ connections, allowSockets }: EgressPolicy, log: EgressLog) {
    this.#policy = connections;
    this.#sockets = allowSockets;
    this.#log = log;
  }

  /** What the call itself says. Undefined where `net` is to say what is wrong with it. */
  decide({ path, host, port, lookup }: ConnectTarget): Attempted | Error | undefined {
    if (path !== undefined) return typeof path === 'string' ? this.#decideSocket(path) : undefined;
    const number = portNumber(port);
    if (number === undefined || typeof host !== 'string') return undefined;
    return this.#decideHost(host, number, typeof lookup === 'function');
  }

  /** What one answer of a lookup says: the refusal, or undefined where its addresses may be dialled. */
  judge(attempt: Attempted, answers: readonly LookupAddress[]): Error | undefined {
    attempt.answers = answers;
    // Node 26 hands `net` the target's name for a proxy, with a lookup that answers the proxy's address.
    attempt.proxy ||= this.#leadsToProxy(attempt.port, answers);
    const hosts = answers.map(({ address }) => hostOf(address));
    if (!attempt.proxy && isEnvironmentProxy(hosts, attempt.port)) return this.#refuseProxy(attempt);
    const denied = this.#deny(attempt, answers);
    // What the name alone was reported for is reported once.
    const known = denied !== undefined && denied.code === attempt.reported?.code && !isUnreadable(denied);
    if (denied && !known && !this.#passes(denied)) return this.#refuse(attempt, denied);
    attempt.reported ??= denied;
    return undefined;
  }

  /** The peer must be one of the addresses that were checked. */
  connected(attempt: Attempted, peer: string | undefined): Error | undefined {
    if (attempt.path !== undefined || peer === undefined) {
      this.#told(attempt, undefined);
      return undefined;
    }
    const dialled = attempt.answers.some(({ address }) => address === peer);
    const stray = dialled ? undefined : decidePeer(peer, attempt.answers, attempt.host);
    if (stray && !isUnspecified(attempt.answers)) {
      // Of the two denials the one that report mode never lets pass.
      const denied = decideAnswers([{ address: peer, family: 0 }], attempt.host, attempt.port, this.#policy);
      const worse = denied?.code === 'fetch/cloud-metadata' ? denied : stray;
      if (!this.#passes(worse)) return this.#refuse(attempt, worse);
      attempt.reported ??= worse;
    }
    this.#told(attempt, peer);
    return undefined;
  }

  /** It never connected: what was decided is written all the same. */
  failed(attempt: Attempted): void {
    const { path, answers, reported } = attempt;
    if (path !== undefined || answers.length > 0 || reported) this.#told(attempt, undefined);
  }

  #told(attempt: Attempted, peer: string | undefined): void {
    const { reported } = attempt;
    this.#tell(reported ? 'reported' : 'allowed', attempt, peer, reported);
  }

  late(attempt: Attempted, limitMs: number): Error {
    const hint = 'Raise `connectTimeoutMs` in the policy file if connections may take that long.';
    return this.#refuse(attempt, deny('fetch/timeout', { host: attempt.host, limitMs }, hint));
  }

  #decideSocket(path: string): Attempted | Error {
    const attempt = { ...attempted, path, host: path.slice(0, 256) };
    if (this.#sockets.has(path)) return attempt;
    const hint = 'If this socket is meant, add its exact path to `allowSockets` in the policy file.';
    const denied = deny('fetch/unix-socket', { path: path.slice(0, 256) }, hint);
    if (!this.#passes(denied)) return this.#refuse(attempt, denied);
    return { ...attempt, reported: denied };
  }

  #decideHost(dialled: string, port: number, ownLookup: boolean): Attempted | Error {
    const host = hostOf(dialled);
    const attempt: Attempted = { ...attempted, host, dialled, port };
    // What `net` takes for a literal is never looked up, whether or not we can read it.
    const family = isIP(dialled);
    if (family !== 0) return this.judge(attempt, [{ address: dialled, family }]) ?? attempt;
    const { proxy } = this.#policy;
    if (proxy?.port === port && hostOf(proxy.host) === host) return { ...attempt, proxy: true };
    if (isEnvironmentProxy([host], port)) return this.#refuseProxy(attempt);
    const place = decidePlace(host, port, this.#policy);
    if (place.allow) return attempt;
    if (ownLookup && proxy?.port === port && isIP(proxy.host) !== 0) return { ...attempt, place };
    if (!this.#passes(place)) return this.#refuse(attempt, place);
    return { ...attempt, reported: place };
  }

  #leadsToProxy(port: number, answers: readonly LookupAddress[]): boolean {
    const { proxy } = this.#policy;
    if (proxy?.port !== port) return false;
    const host = hostOf(proxy.host);
    return answers.every(({ address }) => hostOf(address) === host);
  }

  #deny({ host, port, proxy, place }: Attempted, answers: readonly LookupAddress[]): Denied | undefined {
    const denied = decideAnswers(answers, host, port, this.#policy);
    if (denied?.code === 'fetch/cloud-metadata') return denied;
    return proxy ? undefined : (denied ?? place);
  }

  #refuseProxy(attempt: Attempted): Error {
    const hint = 'Name the proxy in `proxy` of the policy file, or take it out of the environment.';
    return this.#refuse(attempt, deny('fetch/proxied-request', { host: attempt.host }, hint));
  }

  /** An address that only `net` can read was classified by nobody, so that it may be of any kind. */
  #passes(denied: Denied): boolean {
    return !isUnreadable(denied) && passesReported(denied, this.#policy, 0);
  }

  #refuse(attempt: Attempted, denied: Denied): Error {
    this.#tell('refused', attempt, undefined, denied);
    return fetchRefusal(denied, this.#policy, 0);
  }

  #tell(
    outcome: EgressDecision['outcome'],
    attempt: Attempted,
    peer: string | undefined,
    denied: Denied | undefined,
  ): void {
    if (attempt.told) return;
    attempt.told = true;
    const { host, port, answers } = attempt;
    const key = `${outcome} ${told(host)} ${port} ${peer} ${denied?.code} ${answers.length} ${addresses(answers)}`;
    if (this.#log.repeated(key)) return;
    const onDecision = (decision: EgressDecision): void => this.#log.write(key, decision);
    const own = ownRule(attempt);
    if (denied || own === undefined) {
      logDecision({ ...this.#policy, onDecision }, outcome, { host, port, answers, peer, denied });
    } else {
      onDecision({
        ...{ outcome, policy: this.#policy.name, host, port, address: peer, rule: own, kept: false },
        ...{ addresses: answers.map(({ address }) => address), code: undefined },
        requestId: currentRequest()?.id,
      });
    }
  }
}

/** As much of it as a line of the log tells: an attacker chooses how long it is, and the log keeps it for a while. */
function told(host: string): string {
  return host.length <= 256 ? host : `${host.slice(0, 256)}... ${host.length}`;
}

function addresses(answers: readonly LookupAddress[]): string {
  const first = answers.slice(0, 16).map(({ address }) => address.slice(0, 64));
  return first.join();
}

/** What allows a connection that only a policy file can name. */
function ownRule({ path, proxy }: Attempted): string | undefined {
  return path !== undefined ? 'allowSockets' : proxy ? 'proxy' : undefined;
}

const attempted: Attempted = {
  ...{ path: undefined, host: '', dialled: '', port: 0, proxy: false, answers: [] },
  ...{ place: undefined, reported: undefined, told: false },
};

function isUnreadable({ detail }: Denied): boolean {
  return (detail as { readonly rule?: string }).rule === 'unreadable';
}

/** A connection to 0.0.0.0 or :: reaches this machine by another address of it. */
function isUnspecified(answers: readonly LookupAddress[]): boolean {
  return answers.some(({ address }) => [0n, 0xffff_0000_0000n].includes(parseAddress(address) ?? 1n));
}
