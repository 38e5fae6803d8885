import { Misuse } from '../refusal/misuse.ts';

const kinds = [
  'cache',
  'cookies',
  'storage',
  'executionContexts',
  'clientHints',
  'prefetchCache',
  'prerenderCache',
] as const;

export type SiteData = (typeof kinds)[number];

/**
 * Returns the value of `Clear-Site-Data`: the data of this origin that browsers delete, for example at log-out or after a break-in.
 * Each kind is in double quotes; without them, browsers ignore the header. Browsers apply it over https and on localhost.
 *
 * @param data all kinds (`*`) by default
 * @throws Misuse `headers/invalid-value` for an empty list or an unknown kind
 *
 * @example
 * ```ts
 * import { clearSiteData } from 'bulwark/headers';
 *
 * clearSiteData(['cookies', 'storage']); // '"cookies", "storage"'
 * clearSiteData(); // '"*"'
 * ```
 */
export function clearSiteData(data?: readonly SiteData[]): string {
  if (data === undefined) return '"*"';
  const known: readonly unknown[] = kinds;
  // Copied, so that the list can't change after the check.
  const list: readonly unknown[] = Array.isArray(data) ? [...data] : [];
  if (list.length === 0 || !list.every((kind) => known.includes(kind))) {
    throw new Misuse('headers/invalid-value', `Clear-Site-Data takes a list of ${kinds.join(', ')}.`);
  }
  return list.map((kind) => `"${kind}"`).join(', ');
}
