import type { IncomingMessage } from 'node:http';
import { clientAddress } from '../request/client-address.ts';
import type { RequestStart } from '../request/context.ts';
import { inputsOf } from './inputs-of.ts';

/** The parts of an Express request that are used, so that every version's types fit. */
export interface ExpressRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly originalUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/** What a request begins with. A class, since closures would be made anew for every request, and most are never called. */
export class ExpressStart implements RequestStart {
  readonly method: string;
  readonly #req: ExpressRequest;
  readonly #remote: string | undefined;
  readonly #forwarded: string | readonly string[] | undefined;
  readonly #hops: number;
  #inputs: (() => object) | undefined;

  constructor(req: ExpressRequest, hops: number) {
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

  /**
   * The pattern that matched, such as `/users/:id`; it is the developer's text, where the URL is the client's. Of a
   * router's mount Express keeps only the part of the URL that matched (`req.baseUrl`), so a star stands for it.
   */
  route(): string | undefined {
    const path = this.#req.route?.path;
    return typeof path === 'string' ? `${this.#req.baseUrl ? '*' : ''}${path}` : undefined;
  }
}
