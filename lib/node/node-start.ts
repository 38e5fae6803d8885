import type { IncomingMessage } from 'node:http';
import { clientAddress } from '../request/client-address.ts';
import type { RequestStart } from '../request/context.ts';
import { inputsOf } from './inputs-of.ts';

/** What a request begins with. A class, since closures would be made anew for every request, and most are never called. */
export class NodeStart implements RequestStart {
  readonly method: string;
  readonly #req: IncomingMessage;
  readonly #remote: string | undefined;
  readonly #forwarded: string | readonly string[] | undefined;
  readonly #hops: number;
  #inputs: (() => object) | undefined;

  constructor(req: IncomingMessage, hops: number) {
    this.method = req.method ?? 'GET';
    this.#req = req;
    // Now, because a socket that was closed has no address any more.
    this.#remote = req.socket.remoteAddress;
    this.#forwarded = hops === 0 ? undefined : req.headers['x-forwarded-for'];
    this.#hops = hops;
  }

  client(): string | undefined {
    return clientAddress(this.#remote, this.#forwarded, this.#hops);
  }

  inputs(): object {
    this.#inputs ??= inputsOf(this.#req);
    return this.#inputs();
  }
}
