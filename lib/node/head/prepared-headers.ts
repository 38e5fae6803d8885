import type { Csp } from '../../csp/csp.ts';
import { freshNonce } from '../../request/nonce.ts';

/** A header that was checked when the application started. */
export interface PreparedHeader {
  readonly name: string;
  /** The name in lower case. */
  readonly key: string;
  /** The value, cut at the nonce's places. */
  readonly pieces: readonly string[];
}

/**
 * Prepares headers and the policy's, so that a response costs no more than the nonce in its places. If two have the same name, the
 * latter counts.
 *
 * @param endpoints the application's own `Reporting-Endpoints`, to which the policy adds its own
 */
export function prepareHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  policy: Csp | undefined,
  endpoints: string | undefined,
): readonly PreparedHeader[] {
  const prepared = new Map<string, PreparedHeader>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    prepared.set(key, { name, key, pieces: [value] });
  }
  // Stands for the nonces of responses: random, so that it is found where they belong, and nowhere else.
  const nonce = freshNonce();
  for (const [name, value] of policy?.headers(nonce) ?? []) {
    const key = name.toLowerCase();
    const isJoined = key === 'reporting-endpoints' && endpoints !== undefined;
    prepared.set(key, { name, key, pieces: (isJoined ? `${endpoints}, ${value}` : value).split(nonce) });
  }
  return Object.freeze([...prepared.values()]);
}
