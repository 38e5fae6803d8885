import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Proxied } from '../request/trusted-proxies.ts';
import type { Exchange } from '../web/admit.ts';
import { addVary } from './add-vary.ts';
import { continueBody } from './expect-continue.ts';
import type { NodeStart } from './node-start.ts';
import { peekForm } from './peek-form.ts';
import { markPrivate, preferPrivate, sendCookie } from './response-state.ts';

/** A request and its response of `node:http`, as the guards need them. */
export class NodeExchange implements Exchange {
  readonly request: IncomingMessage;
  readonly #res: ServerResponse;
  readonly #start: NodeStart;

  constructor(start: NodeStart, req: IncomingMessage, res: ServerResponse) {
    this.request = req;
    this.#res = res;
    this.#start = start;
  }

  /** For the session: this is where its cookie goes. */
  get cookies(): this {
    return this;
  }

  connection(): Proxied {
    return this.#start.connection();
  }

  setHeader(name: string, value: string): void {
    if (name === 'Vary') addVary(this.#res, value);
    else this.#res.setHeader(name, value);
  }

  appendCookie(line: string): void {
    sendCookie(this.#res, line);
  }

  keepPrivate(): void {
    markPrivate(this.#res);
  }

  preferPrivate(): void {
    preferPrivate(this.#res);
  }

  headersSent(): boolean {
    return this.#res.headersSent;
  }

  formField(name: string): Promise<unknown> {
    // A client that waits for the server's word sends no body before.
    continueBody(this.request, this.#res);
    return peekForm(this.request, name);
  }
}
