import { inputsOf } from '../node/inputs-of.ts';
import { NodeStart } from '../node/node-start.ts';
import type { TrustedProxies } from '../request/trusted-proxies.ts';
import type { KoaContext } from './koa-context.ts';

/** What a request to a Koa application begins with. */
export class KoaStart extends NodeStart {
  readonly #ctx: KoaContext;
  #sent: (() => object) | undefined;

  constructor(ctx: KoaContext, proxies: TrustedProxies) {
    super(ctx.req, proxies);
    this.#ctx = ctx;
  }

  /** The pattern that @koa/router matched, with the prefixes of its routers. */
  route(): string | undefined {
    const { _matchedRoute: pattern } = this.#ctx;
    return typeof pattern === 'string' ? pattern : undefined;
  }

  /** Koa's parsers set `ctx.request.body`. */
  override bodyOwner(): object {
    return this.#ctx.request;
  }

  override inputs(): object {
    this.#sent ??= inputsOf(sentWith(this.#ctx));
    return this.#sent();
  }
}

/** Read when they are asked for, since all but the headers come later. */
function sentWith(ctx: KoaContext): Parameters<typeof inputsOf>[0] {
  return {
    rawHeaders: ctx.req.rawHeaders,
    get headers() {
      return ctx.req.headers;
    },
    url: ctx.originalUrl,
    get query() {
      return ctx.query;
    },
    get params() {
      return ctx.params;
    },
    get body() {
      return ctx.request.body;
    },
    get files() {
      return ctx.request.files;
    },
  } as Parameters<typeof inputsOf>[0];
}
