import type { IncomingMessage } from 'node:http';
import { type DefenceOptions, usualBodyBytes } from '../node/defence-options.ts';

type Limit = DefenceOptions['maxBodyBytes'];

/** The largest body of each request: the route's, or the application's. */
export class BodyLimits {
  /** For `defence`, which reports an invalid limit. */
  readonly option: NonNullable<Limit>;
  readonly #ofRoute: WeakMap<object, number> = new WeakMap();

  constructor(ofApplication: Limit = usualBodyBytes) {
    this.option = ofApplication;
    if (typeof ofApplication === 'number' && ofApplication >= 0) {
      this.option = (req) => this.#ofRoute.get(req) ?? ofApplication;
    } else if (typeof ofApplication === 'function') {
      this.option = (req) => this.#ofRoute.get(req) ?? ofApplication(req);
    }
  }

  /** @param config `config.bulwark` of the route */
  begin(req: IncomingMessage, config: unknown): void {
    if (typeof config !== 'object' || config === null || !Object.hasOwn(config, 'maxBodyBytes')) return;
    const { maxBodyBytes: limit } = config as { readonly maxBodyBytes?: unknown };
    if (typeof limit === 'number') this.#ofRoute.set(req, limit);
  }
}
