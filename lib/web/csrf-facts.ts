import type { CsrfFacts, CsrfSession } from '../csrf/csrf.ts';
import type { Proxied } from '../request/proxied.ts';

/** Where the facts come from. */
export interface KnownFacts {
  connection(): Proxied;
  session(): CsrfSession | undefined;
}

/**
 * Read only where they decide: a session's binding is a hash, and most requests need none of them. A class, since V8 keeps a hidden class
 * for each getter of a literal, and with it all of the request until its next full collection.
 */
export class LazyCsrfFacts implements CsrfFacts {
  readonly #known: KnownFacts;
  readonly field: (() => unknown) | undefined;

  constructor(known: KnownFacts, field?: () => unknown) {
    this.#known = known;
    this.field = field;
  }

  get protocol(): Proxied['protocol'] {
    return this.#known.connection().protocol;
  }

  get host(): string | undefined {
    return this.#known.connection().host;
  }

  get session(): CsrfSession | undefined {
    return this.#known.session();
  }
}
