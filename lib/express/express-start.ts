import type { NodeRequest } from '../node/defence.ts';
import { NodeStart } from '../node/node-start.ts';
import type { TrustedProxies } from '../request/trusted-proxies.ts';

/** The parts of an Express request that are used, so that every version's types fit. */
export interface ExpressRequest extends NodeRequest {
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

/** What a request to an Express application begins with. */
export class ExpressStart extends NodeStart {
  readonly #req: ExpressRequest;

  constructor(req: ExpressRequest, proxies: TrustedProxies) {
    super(req, proxies);
    this.#req = req;
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
