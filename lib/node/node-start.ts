import type { IncomingMessage } from 'node:http';
import type { RequestStart } from '../request/context.ts';
import { type Peer, peerOf } from '../request/peer-of.ts';
import type { Proxied } from '../request/proxied.ts';
import { readConnection } from '../request/read-connection.ts';
import type { TrustedProxies } from '../request/trusted-proxies.ts';
import { inputsOf } from './inputs-of.ts';

/** What a request begins with. A class, since closures would be made anew for every request, and most are never called. */
export class NodeStart implements RequestStart {
  readonly method: string;
  readonly #req: IncomingMessage;
  readonly #peer: Peer;
  readonly #proxies: TrustedProxies;
  #connection: Proxied | undefined;
  #inputs: (() => object) | undefined;

  constructor(req: IncomingMessage, proxies: TrustedProxies) {
    this.method = req.method ?? 'GET';
    this.#req = req;
    // Now, because a closed socket has no address.
    this.#peer = peerOf(req.socket);
    this.#proxies = proxies;
  }

  /** Where the request comes from, and what it was addressed to. */
  connection(): Proxied {
    if (this.#connection === undefined) {
      const { remote, encrypted } = this.#peer;
      this.#connection = readConnection(this.#proxies, { remote, encrypted, headers: this.#req.headers });
    }
    return this.#connection;
  }

  client(): string | undefined {
    return this.connection().client;
  }

  /** What has the property `body` that parsers set, where the request's own limits shall judge it. */
  bodyOwner(): object | undefined {
    return this.#req;
  }

  inputs(): object {
    this.#inputs ??= inputsOf(this.#req);
    return this.#inputs();
  }
}
