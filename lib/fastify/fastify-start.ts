import type { FastifyRequest } from 'fastify';
import type { NodeRequest } from '../node/defence.ts';
import { inputsOf } from '../node/inputs-of.ts';
import { NodeStart } from '../node/node-start.ts';
import type { TrustedProxies } from '../request/trusted-proxies.ts';

/** What a request to a Fastify application begins with. */
export class FastifyStart extends NodeStart {
  readonly #request: FastifyRequest;
  #sent: (() => object) | undefined;

  constructor(request: FastifyRequest, proxies: TrustedProxies) {
    super(request.raw, proxies);
    this.#request = request;
  }

  /** The pattern that matched, with the prefixes of its scopes. */
  route(): string | undefined {
    return this.#request.routeOptions.url;
  }

  /** Fastify keeps the body on its own request: a hook judges it. */
  override bodyOwner(): undefined {
    return undefined;
  }

  override inputs(): object {
    this.#sent ??= inputsOf(sentWith(this.#request));
    return this.#sent();
  }
}

/** Read when they are asked for, since all but the headers come later. */
function sentWith(request: FastifyRequest): Parameters<typeof inputsOf>[0] {
  const { raw } = request;
  return {
    rawHeaders: raw.rawHeaders,
    get url() {
      return (raw as NodeRequest).originalUrl ?? raw.url;
    },
    get query() {
      return request.query;
    },
    get params() {
      return request.params;
    },
    get cookies() {
      return (request as { cookies?: unknown }).cookies;
    },
    get body() {
      return request.body;
    },
  } as Parameters<typeof inputsOf>[0];
}
