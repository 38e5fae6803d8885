import { AsyncLocalStorage } from 'node:async_hooks';
import { knownOptions } from '../internal/known-options.ts';
import { shared } from '../internal/shared.ts';
import { collectInputs, type Inputs } from './inputs.ts';
import { freshNonce } from './nonce.ts';

/** The request that is being handled. Guards include it in their events. */
export interface RequestContext {
  readonly id: string;
  readonly method: string | undefined;
  /** The route's pattern, such as `/users/:id`; never the URL, which an attacker controls. */
  readonly route: string | undefined;
  /** The client's address, as `clientAddress` finds it. */
  readonly client: string | undefined;
  /** The logged-in user, as the application identifies them. */
  readonly user: string | undefined;
  /** The nonce of this response's Content-Security-Policy: 128 random bits in base64, generated on first use. */
  readonly nonce: string;
}

/** What is known about a request when it starts. */
export interface RequestStart {
  /** An id, possibly from a proxy: 1 to 128 letters, digits and `._:=@/+-`. For anything else, a random UUID is used. */
  readonly id?: string | undefined;
  readonly method?: string | undefined;
  /** The route's pattern, or a function that returns it: most routers know it only later. */
  readonly route?: string | (() => string | undefined) | undefined;
  /** The client's address, or a function that returns it: most requests never need it. */
  readonly client?: string | (() => string | undefined) | undefined;
  readonly user?: string | undefined;
  /** The nonce that the response's policy has already: 22 characters of base64 at least. By default one is made on first use. */
  readonly nonce?: string | undefined;
  /**
   * Returns what the client sent: `{ query, params, cookies, body }`. Guards of SQL clients call it when a statement runs. They read
   * a part again if it was replaced, because bodies are parsed late.
   */
  readonly inputs?: (() => object) | undefined;
}

const startNames = ['id', 'method', 'route', 'client', 'user', 'nonce', 'inputs'] as const;

/** The id is sent to the client and written to the log, so it must not contain anything else. */
const usableId = /^[\w.:=@/+-]{1,128}$/;

/** 128 bits and more. */
const usableNonce = /^[\w+/-]{22,128}={0,2}$/;

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
    // Kept as it is: values that most requests never need are computed on demand.
    this.#start = start;
  }

  get id(): string {
    const { id } = this.#start;
    this.#id ??= id !== undefined && usableId.test(id) ? id : crypto.randomUUID();
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
    const { nonce } = this.#start;
    this.#nonce ??= nonce !== undefined && usableNonce.test(nonce) ? nonce : freshNonce();
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

/** Shows whether a part was replaced, or gained properties. */
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

/** Cached, because each request uses it several times. */
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

/** The same for adapters, whose options are known to be valid: nothing is checked or copied. */
export function runRequest<T>(start: RequestStart, work: (context: RequestContext) => T): T {
  const context = new Context(start);
  return storage().run(context, work, context);
}

/** Runs `work` in the context of a request that began before: for code that a framework calls outside of it, as from a stream. */
export function resumeRequest<T>(context: RequestContext, work: () => T): T {
  return storage().run(context as Context, work);
}

/** Runs `work`, and what it schedules, outside of any request: for work that outlives the request that started it. */
export function outsideRequest<T>(work: () => T): T {
  return storage().run(undefined, work);
}

/** Returns the current request, or undefined outside of one (in a job or at startup). */
export function currentRequest(): RequestContext | undefined {
  return storage().getStore();
}

/**
 * Returns the inputs of the current request, as given to `withRequest`; undefined outside of one. It is the same object until
 * the inputs change.
 */
export function currentInputs(): Inputs | undefined {
  return storage().getStore()?.collectedInputs();
}

/** Sets the route, once the router knows it. Outside of a request it does nothing. */
export function setRoute(route: string): void {
  const context = storage().getStore();
  if (context) context.route = route;
}

/** Sets the user, once they are authenticated. Outside of a request it does nothing. */
export function setUser(user: string | undefined): void {
  const context = storage().getStore();
  if (context) context.user = user;
}
