import { Misuse } from '../refusal/misuse.ts';

export interface StrictTransportSecurity {
  /** In seconds. 31,536,000 (a year) by default; 0 makes browsers forget the host. */
  readonly maxAge?: number;
  /** True by default. */
  readonly includeSubDomains?: boolean;
  /**
   * Allows the host on the preload list that browsers ship with. Needs at least a year and all subdomains, and is hard to
   * undo (https://hstspreload.org).
   */
  readonly preload?: boolean;
}

/**
 * Returns the value of `Strict-Transport-Security`.
 *
 * @throws Misuse `headers/invalid-value` if `maxAge` is not a whole number, if `preload` lacks its requirements, and for an
 * unknown option
 *
 * @example
 * ```ts
 * import { strictTransportSecurity } from 'bulwark/headers';
 *
 * strictTransportSecurity({ maxAge: 63_072_000, preload: true }); // 'max-age=63072000; includeSubDomains; preload'
 * ```
 */
export function strictTransportSecurity(options: StrictTransportSecurity = {}): string {
  const own: StrictTransportSecurity = Object.assign(Object.create(null), options);
  const unknown = Object.keys(own).find((name) => !/^(?:maxAge|includeSubDomains|preload)$/.test(name));
  if (unknown !== undefined) {
    throw new Misuse(
      'headers/invalid-value',
      `Strict-Transport-Security: there is no option ${JSON.stringify(unknown)}, only maxAge, includeSubDomains and preload.`,
    );
  }
  const maxAge = own.maxAge ?? year;
  const includeSubDomains = own.includeSubDomains ?? true;
  const preload = own.preload ?? false;
  if (!(Number.isSafeInteger(maxAge) && maxAge >= 0 && maxAge < 10 ** 10)) {
    throw new Misuse('headers/invalid-value', 'Strict-Transport-Security: maxAge takes whole seconds.');
  }
  if (typeof includeSubDomains !== 'boolean' || typeof preload !== 'boolean') {
    throw new Misuse(
      'headers/invalid-value',
      'Strict-Transport-Security: includeSubDomains and preload are true or false.',
    );
  }
  if (preload && !(includeSubDomains && maxAge >= year)) {
    throw new Misuse(
      'headers/invalid-value',
      `Strict-Transport-Security: preload needs includeSubDomains and a maxAge of ${year} or more.`,
    );
  }
  return `max-age=${maxAge}${includeSubDomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`;
}

const year = 31_536_000;
