import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { knownOptions } from '../internal/known-options.ts';
import { shared } from '../internal/shared.ts';
import { collectInputs, type Inputs } from './inputs.ts';
import { freshNonce } from './nonce.ts';

/** The request that the running code works for. Guards put it into their events. */
export interface RequestContext {
  readonly id: string;
  readonly method: string | undefined;
  /** The route's pattern, such as `/users/:id`; never the URL, which an attacker writes. */
  readonly route: string | undefined;
  /** The client's address, as `clientAddress` finds it. */
  readonly client: string | undefined;
  /** Who is logged in, as the application names them. */
  readonly user: string | undefined;
  /** The nonce of this response's Content-Security-Policy: 128 random bits in base64, made when first asked for. */
  readonly nonce: string;
}

/** What is known of a request when it begins. */
export interface RequestStart {
  /** 1 to 128 letters, digits and `._:=@/+-`, as a proxy may have given it; for anything else a random UUID is used. */
  readonly id?: string | undefined;
  readonly method?: string | undefined;
  /** The pattern, or how to ask for it: most routers know it only later. */
  readonly route?: string | (() => string | undefined) | undefined;
  /** The client's address, or how to work it out: most requests never ask. */
  readonly client?: string | (() => string | undefined) | undefined;
  readonly user?: string | undefined;
  /**
   * What the client sent, by where it stood: `{ query, params, cookies, body }`. Guards of SQL clients ask for it when a
   * statement runs, and again where one of them was replaced since, since bodies are parsed late.
   */
  readonly inputs?: (() => object) | undefined;
}

const startNames = ['id', 'method', 'route', 'client', 'user', 'inputs'] as const;

/** The client is told the id and the log holds it: neither must be made to hold anything else. */
const usableId = /^[\w.:=@/+-]{1,128}$/;

class Context implements RequestContext {
  readonly method: string | undefined;
  user: string | undefined;
  readonly #start: RequestStart;
  #id: string | undefined;
  #client: string | undefined;
  #route: string | undefined;
  #nonce: string | undefined;
  #collected: Inputs | undefined;
  #mark: readonly unknown[] | undefined;

  constructor(start: RequestStart) {
    this.method = start.method;
    this.user = start.user;
    // Kept whole: what most requests never ask for is then worked out for none of them.
    this.#start = start;
  }

  get id(): string {
    const { id } = this.#start;
    this.#id ??= id !== undefined && usableId.test(id) ? id : randomUUID();
    return this.#id;
  }

  get client(): string | undefined {
    const start = this.#start;
    this.#client ??= typeof start.client === 'function' ? start.client() : start.client;
    return this.#client;
  }

  get route(): string | undefined {
    const start = this.#start;
    return this.#route ?? (typeof start.route === 'function' ? start.route() : start.route);
  }

  set route(pattern: string) {
    this.#route = pattern;
  }

  get nonce(): string {
    this.#nonce ??= freshNonce();
    return this.#nonce;
  }

  collectedInputs(): Inputs | undefined {
    const parts = this.#start.inputs?.();
    if (!parts) return undefined;
    const mark = markOf(parts);
    if (!this.#collected || !this.#mark || !sameMark(mark, this.#mark)) {
      this.#collected = collectInputs(parts);
      this.#mark = mark;
    }
    return this.#collected;
  }
}

/** What tells whether a part was replaced, or got more of its own. */
function markOf(parts: object): readonly unknown[] {
  return Object.values(parts).flatMap((part: unknown) => [
    part,
    typeof part === 'object' && part !== null ? Object.keys(part).length : 0,
  ]);
}

function sameMark(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, i) => part === other[i]);
}

let known: AsyncLocalStorage<Context | undefined> | undefined;

/** Kept here, because each request asks for it several times. */
function storage(): AsyncLocalStorage<Context | undefined> {
  known ??= shared('request', () => new AsyncLocalStorage<Context | undefined>());
  return known;
}

/**
 * Runs `work`, and everything it awaits or schedules, in the context of one request. Works without a framework.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { clientAddress, currentRequest, withRequest } from 'bulwark/request';
 *
 * createServer((req, res) => {
 *   const client = clientAddress(req.socket.remoteAddress, req.headers['x-forwarded-for'], 1);
 *   withRequest({ method: req.method, client }, () => {
 *     res.end(currentRequest()?.id); // a random UUID
 *   });
 * });
 * ```
 */
export function withRequest<T>(init: RequestStart, work: () => T): T {
  return runRequest(knownOptions(init, startNames), work);
}

/** The same for adapters, which know what they write: once for each request, so nothing is checked or copied. */
export function runRequest<T>(start: RequestStart, work: () => T): T {
  return storage().run(new Context(start), work);
}

/** Runs `work`, and what it schedules, as part of no request: for what outlives the one that happens to start it. */
export function outsideRequest<T>(work: () => T): T {
  return storage().run(undefined, work);
}

/** The current request, or undefined outside of one (a job, a start-up script). */
export function currentRequest(): RequestContext | undefined {
  return storage().getStore();
}

/**
 * What came with the current request, as far as `withRequest` was told; undefined outside of one. The same object until
 * there is more of it.
 */
export function currentInputs(): Inputs | undefined {
  return storage().getStore()?.collectedInputs();
}

/** Names the route once the router knows it. Outside of a request it does nothing. */
export function setRoute(route: string): void {
  const context = storage().getStore();
  if (context) context.route = route;
}

/** Names the user once they are authenticated. Outside of a request it does nothing. */
export function setUser(user: string | undefined): void {
  const context = storage().getStore();
  if (context) context.user = user;
}
