import { knownOptions } from '../internal/known-options.ts';
import { shared } from '../internal/shared.ts';
import { type RequestLimits, requestLimits } from '../limits/request-limits.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { Proxied } from '../request/proxied.ts';
import { type Guards, guardsOf } from '../web/guard-options.ts';
import { type NextOptions, nextOptions } from './next-options.ts';
import { type PathPolicy, pagePolicy } from './page-policy.ts';
import type { SealedRequest } from './sealed-request.ts';
import { servedRequests } from './served-request.ts';

/** The guards without the rate limit, if the server already counted this request with it. A different limit still counts. */
export function guardsLeft({ guards }: Prepared): Guards | undefined {
  if (guards?.rateLimit === undefined) return guards;
  const { limiter } = servedRequests().getStore() ?? {};
  return limiter === guards.rateLimit ? { ...guards, rateLimit: undefined } : guards;
}

/** Options of handlers, actions and pages, checked once for each object. */
export interface Prepared {
  readonly own: Readonly<Partial<NextOptions>>;
  readonly guards: Guards | undefined;
  readonly limits: RequestLimits | undefined;
  readonly policyOf: (path: string) => PathPolicy;
}

const prepared = new WeakMap<NextOptions, Prepared>();

/** @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw */
export function prepare(options: NextOptions): Prepared {
  const known = typeof options === 'object' && options !== null ? prepared.get(options) : undefined;
  if (known) return known;
  const own = knownOptions(options, nextOptions);
  const made: Prepared = {
    own,
    guards: guardsOf(own),
    limits: own.limits === false ? undefined : requestLimits(own.limits),
    policyOf: pagePolicy(own),
  };
  prepared.set(options, made);
  return made;
}

/**
 * Where the request comes from. Next.js doesn't know, so only what the server wrote counts.
 *
 * @throws Misuse `bulwark/invalid-option` for a limit by address where no address is known
 */
export function connectionOf(
  sealed: SealedRequest | undefined,
  guards: Guards | undefined,
  derived: { readonly protocol: 'http' | 'https'; readonly host: string | undefined },
): Proxied {
  if (sealed === undefined) tellUnsealed();
  const { client, protocol, host } = sealed ?? { ...derived, client: undefined };
  if (client === undefined && sealed?.served !== true && guards?.rateLimit?.needs.includes('address')) {
    throw new Misuse(
      'bulwark/invalid-option',
      "rateLimit counts by address, but Next.js does not know the client's address. Start the application with the server of bulwark/next/server.",
    );
  }
  return { protocol, ...(client !== undefined && { client }), ...(host !== undefined && { host }) };
}

/** Warns once per process: the guards ran, but a page without a nonce has no scripts. */
function tellUnsealed(): void {
  const told = shared('next:unsealed', () => ({ once: false }));
  if (told.once) return;
  told.once = true;
  console.warn(
    'bulwark: a request reached its handler without passing proxy() or the server. The guards still ran. ' +
      'Let proxy.ts run on every path, without a matcher. If it runs in another process, set BULWARK_NEXT_KEY.',
  );
}
