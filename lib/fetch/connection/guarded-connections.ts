import type { ClientRequest, ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import { type Decision, type Denied, deny } from '../../refusal/decision.ts';
import { parseAddress } from '../address/address.ts';
import { decidePeer, literalAnswer } from '../lookup/answers.ts';
import { type Checked, guardedLookup } from '../lookup/guarded-lookup.ts';
import { fetchRefusal, passesReported } from '../policy/denial.ts';
import { decideMethod, decidePlace } from '../policy/destination.ts';
import { hostOf } from '../policy/host-rule.ts';
import { logDecision } from '../policy/log-decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { openTunnelToAny, tooLate, tunnelTimeout } from './tunnel.ts';

interface Place {
  readonly host: string;
  readonly port: number;
}

export type Done = (error: Error | null, socket?: Socket) => void;
type Open = (options: ClientRequestArgs) => Socket;

/** What the agents of one policy decide, for requests and for connections. Nothing is thrown: errors go to the request. */
export class GuardedConnections {
  readonly #policy: FetchPolicy;
  readonly #protocol: 'http:' | 'https:';

  constructor(policy: FetchPolicy, protocol: 'http:' | 'https:') {
    this.#policy = policy;
    this.#protocol = protocol;
  }

  /** Decides what the request itself says, also on a kept socket. One that is refused gets its error. */
  admits(request: ClientRequest, options: ClientRequestArgs): boolean {
    const decision = this.#decideRequest(request, options);
    const refusal = decision.allow ? undefined : this.#refusal(decision, this.#placeOf(options));
    if (!refusal) {
      if (this.#policy.onDecision) this.#logIfKept(request, options);
      return true;
    }
    // As Node itself tells a request that it gets no socket: after its maker had the time to listen.
    (request as unknown as { onSocket(socket: null, error: Error): void }).onSocket(null, refusal);
    return false;
  }

  /** Opens a checked connection by `open`, or tells `done` why not. */
  connect(options: ClientRequestArgs, done: Done, open: Open): Socket | undefined {
    const place = this.#placeOf(options);
    const decision = decidePlace(place.host, place.port, this.#policy);
    const refusal = decision.allow ? undefined : this.#refusal(decision, place);
    if (refusal) {
      // After `createConnection` has returned, as a socket that fails does.
      process.nextTick(done, refusal);
      return undefined;
    }
    const checked: Checked = {
      answers: literalAnswer(place.host) ?? [],
      reported: decision.allow ? undefined : decision,
      refused: false,
    };
    const lookup = guardedLookup(this.#policy, place.host, place.port, checked);
    // A path would be a Unix socket's; a socket, a handle or a descriptor of the caller's was checked by nobody.
    const none = { path: null, socketPath: undefined, socket: undefined, handle: undefined, fd: undefined };
    const own = { ...options, lookup, ...none } as ClientRequestArgs;
    if (this.#policy.proxy) {
      this.#connectThroughProxy(own, place, checked, open).then(
        (socket) => done(null, socket),
        (error: NodeJS.ErrnoException) => {
          if (!checked.refused) this.#log(place, checked, undefined);
          done(error.code === tunnelTimeout ? this.#late(place) : error);
        },
      );
      return undefined;
    }
    try {
      const socket = open(own);
      this.#watch(socket, place, checked);
      return socket;
    } catch (error) {
      // A port or a local address that `net` does not take. Thrown here it would end the process, where the request waited
      // in the agent's queue.
      process.nextTick(done, error as Error);
      return undefined;
    }
  }

  /** Undefined where report mode lets it pass. */
  #refusal(denied: Denied, place: Place): Error | undefined {
    if (passesReported(denied, this.#policy, 0)) return undefined;
    logDecision(this.#policy, 'refused', { ...place, denied });
    return fetchRefusal(denied, this.#policy, 0);
  }

  #placeOf(options: ClientRequestArgs): Place {
    const port = Number(options.port ?? (this.#protocol === 'https:' ? 443 : 80));
    return { host: hostOf(options.host ?? 'localhost'), port };
  }

  #decideRequest({ method, path }: ClientRequest, options: ClientRequestArgs): Decision {
    if (options.socketPath)
      return deny('fetch/unix-socket', { path: String(options.socketPath).slice(0, 256) });
    // The form that a proxy is sent (RFC 9112, 3.2.2): the host that was checked is then not the one that is reached.
    if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
      return deny('fetch/proxied-request', { host: this.#placeOf(options).host });
    }
    if (!this.#policy.schemes.includes(this.#protocol)) {
      return deny('fetch/scheme-not-allowed', { url: `${this.#protocol}//${options.host}`.slice(0, 256) });
    }
    return decideMethod(method, options.host ?? '', this.#policy);
  }

  /** The peer is compared with what was checked; a connection that takes too long is given up. */
  #watch(socket: Socket, place: Place, checked: Checked): void {
    const { connectTimeoutMs } = this.#policy;
    let reached = false;
    const timer = setTimeout(() => {
      if (socket.connecting) socket.destroy(this.#late(place));
    }, connectTimeoutMs);
    timer.unref();
    socket.once('close', () => {
      clearTimeout(timer);
      if (!reached && !checked.refused) this.#log(place, checked, undefined);
    });
    // Before the listeners by which a request sends its first bytes.
    socket.prependOnceListener('connect', () => {
      clearTimeout(timer);
      reached = true;
      const peer = socket.remoteAddress;
      const denied = peer === undefined ? undefined : decidePeer(peer, checked.answers, place.host);
      if (denied) {
        logDecision(this.#policy, 'refused', { ...place, answers: checked.answers, denied });
        socket.destroy(fetchRefusal(denied, this.#policy, 0));
      } else this.#log(place, checked, peer);
    });
  }

  #late({ host }: Place): Error {
    const denied = deny('fetch/timeout', { host, limitMs: this.#policy.connectTimeoutMs });
    return fetchRefusal(denied, this.#policy, 0);
  }

  /** @param peer undefined where nothing was reached */
  #log(place: Place, { answers, reported }: Checked, peer: string | undefined): void {
    const outcome = peer === undefined ? 'failed' : reported ? 'reported' : 'allowed';
    logDecision(this.#policy, outcome, { ...place, answers, peer, denied: reported });
  }

  #logIfKept(request: ClientRequest, options: ClientRequestArgs): void {
    request.once('socket', () => {
      if (request.reusedSocket)
        logDecision(this.#policy, 'allowed', { ...this.#placeOf(options), kept: true });
    });
  }

  async #connectThroughProxy(
    options: ClientRequestArgs,
    place: Place,
    checked: Checked,
    open: Open,
  ): Promise<Socket> {
    const { proxy, connectTimeoutMs } = this.#policy;
    if (parseAddress(place.host) === undefined) {
      await new Promise<void>((done, failed) => {
        // No socket is there yet whose time-out would end it.
        const timer = setTimeout(() => failed(tooLate()), connectTimeoutMs);
        options.lookup?.(options.host ?? '', { all: true }, (error) => {
          clearTimeout(timer);
          if (error) failed(error);
          else done();
        });
      });
    }
    const addresses = checked.answers.map(({ address }) => address);
    const { socket, address } = await openTunnelToAny(
      proxy as NonNullable<typeof proxy>,
      addresses,
      place.port,
      connectTimeoutMs,
    );
    this.#log(place, checked, address);
    // TLS goes on top of the tunnel, with the name that the request has.
    return this.#protocol === 'https:' ? open({ ...options, socket } as ClientRequestArgs) : socket;
  }
}
