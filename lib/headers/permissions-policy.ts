import { Misuse } from '../refusal/misuse.ts';
import { isFeatureName } from './feature-names.ts';

/** Who may use each feature: nobody (`[]`), the page itself (`'self'`), certain origins, or everyone (`'*'`). */
export type PermissionsPolicy = Readonly<Record<string, readonly string[] | '*'>>;

/**
 * Returns the value of `Permissions-Policy`. It is a structured field: an unquoted origin, or the old syntax with quotes around
 * `'self'`, makes browsers ignore the whole header.
 *
 * @param features by name, such as `camera`, or `ch-ua-model` for a client hint. Names are those of the W3C's list and of browsers;
 *   for a newer one, write the header by hand
 * @throws Misuse `headers/invalid-value`, also for an unknown feature
 *
 * @example
 * ```ts
 * import { permissionsPolicy } from 'bulwark/headers';
 *
 * permissionsPolicy({ camera: [], geolocation: ['self', 'https://maps.example.com'], fullscreen: '*' });
 * // 'camera=(), geolocation=(self "https://maps.example.com"), fullscreen=*'
 * ```
 */
export function permissionsPolicy(features: PermissionsPolicy): string {
  const entries = typeof features === 'object' && features !== null ? Object.entries(features) : [];
  if (entries.length === 0) {
    throw new Misuse('headers/invalid-value', 'Permissions-Policy takes at least one feature.');
  }
  return entries
    .map(([feature, allowed]) => `${featureName(feature)}=${allowlist(feature, allowed)}`)
    .join(', ');
}

function featureName(feature: string): string {
  if (isFeatureName(feature)) return feature;
  throw new Misuse('headers/invalid-value', `Permissions-Policy has no feature ${JSON.stringify(feature)}.`);
}

function allowlist(feature: string, allowed: unknown): string {
  if (allowed === '*') return '*';
  if (!Array.isArray(allowed)) {
    throw new Misuse('headers/invalid-value', `Permissions-Policy: ${feature} takes a list, or '*'.`);
  }
  return `(${allowed.map((one) => member(feature, one)).join(' ')})`;
}

function member(feature: string, allowed: unknown): string {
  if (allowed === 'self' || allowed === 'src') return allowed;
  // The specification allows `https://*.example.com` as an origin.
  if (
    typeof allowed === 'string' &&
    /^https?:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/i.test(allowed)
  ) {
    return `"${allowed}"`;
  }
  throw new Misuse(
    'headers/invalid-value',
    `Permissions-Policy: ${feature} takes 'self' (without further quotes) and origins such as https://maps.example.com.`,
  );
}
