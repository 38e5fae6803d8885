import { Misuse } from '../refusal/misuse.ts';
import { isFeatureName } from './feature-names.ts';

/** Who may use a feature: nobody (`[]`), the page itself (`'self'`), origins, or with `'*'` everybody. */
export type PermissionsPolicy = Readonly<Record<string, readonly string[] | '*'>>;

/**
 * The value of `Permissions-Policy`: a structured field, in which a bare origin or the old syntax `'self'` with quotes
 * makes browsers ignore the whole header.
 *
 * @param features by name, such as `camera`, or `ch-ua-model` for a client hint: those of the W3C's list and of browsers. For
 *   one that is newer, write the header by hand
 * @throws Misuse `headers/invalid-value`, also for a feature that is none
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
  // `https://*.example.com` is an origin here, as it is in the specification.
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
