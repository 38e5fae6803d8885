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
 * The value of `Clear-Site-Data`: what browsers forget of this origin, at log-out or after a break-in. Each kind stands
 * in double quotes; without them browsers do nothing. Browsers heed it over https and on localhost.
 *
 * @param data all kinds (`*`) by default
 * @throws Misuse `headers/invalid-value` for an empty list, and for a kind that browsers don't know
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
  // Read once: what was checked is what is written.
  const list: readonly unknown[] = Array.isArray(data) ? [...data] : [];
  if (list.length === 0 || !list.every((kind) => known.includes(kind))) {
    throw new Misuse('headers/invalid-value', `Clear-Site-Data takes a list of ${kinds.join(', ')}.`);
  }
  return list.map((kind) => `"${kind}"`).join(', ');
}
