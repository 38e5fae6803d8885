import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Proxied } from '../request/proxied.ts';
import type { Exchange } from '../web/exchange.ts';
import { continueBody } from './body/expect-continue.ts';
import { peekForm } from './body/peek-form.ts';
import { addVary } from './head/add-vary.ts';
import { markPrivate, preferPrivate, sendCookie, stateOf } from './head/response-state.ts';
import type { NodeStart } from './node-start.ts';

/** A request and its response of `node:http`, as the guards need them. */
export class NodeExchange implements Exchange {
  readonly request: IncomingMessage;
  #res: ServerResponse | undefined;
  readonly #start: NodeStart;

  constructor(start: NodeStart, req: IncomingMessage, res: ServerResponse) {
    this.request = req;
    this.#res = res;
    this.#start = start;
    const state = stateOf(res);
    if (state) state.exchange = this;
  }

  /**
   * Lets go of the response, whose head is sent. What the guards keep with a request would keep the response too, and V8 moves objects
   * that hold one another out of the reach of its quick collections: 20 microseconds a request.
   */
  release(): void {
    this.#res = undefined;
  }

  /** For the session: this is where its cookie goes. */
  get cookies(): this {
    return this;
  }

  connection(): Proxied {
    return this.#start.connection();
  }

  setHeader(name: string, value: string): void {
    const res = this.#unsent();
    if (name === 'Vary') addVary(res, value);
    else res.setHeader(name, value);
  }

  appendCookie(line: string): void {
    sendCookie(this.#unsent(), line);
  }

  keepPrivate(): void {
    if (this.#res) markPrivate(this.#res);
  }

  preferPrivate(): void {
    if (this.#res) preferPrivate(this.#res);
  }

  headersSent(): boolean {
    return this.#res === undefined || this.#res.headersSent;
  }

  formField(name: string): Promise<unknown> {
    // A client that waits for the server's word sends no body before.
    if (this.#res) continueBody(this.request, this.#res);
    return peekForm(this.request, name);
  }

  /** @throws Error as Node's own methods do, once the head is sent */
  #unsent(): ServerResponse {
    if (this.#res) return this.#res;
    throw Object.assign(new Error('Cannot set headers after they are sent to the client'), {
      code: 'ERR_HTTP_HEADERS_SENT',
    });
  }
}
