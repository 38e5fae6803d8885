import { Misuse } from '../refusal/misuse.ts';

/**
 * Returns the value of `Reporting-Endpoints`, which tells browsers where to send reports. `csp({ reportTo })`
 * sets its own; use this for other policies, such as Cross-Origin-Opener-Policy.
 *
 * @param endpoints URLs by name: a path of this site, or an https URL
 * @throws Misuse `headers/invalid-value`
 *
 * @example
 * ```ts
 * import { reportingEndpoints, securityHeaders } from 'bulwark/headers';
 *
 * securityHeaders({
 *   'Reporting-Endpoints': reportingEndpoints({ default: '/reports' }), // 'default="/reports"'
 *   'Cross-Origin-Opener-Policy': 'same-origin; report-to="default"',
 * });
 * ```
 */
export function reportingEndpoints(endpoints: Readonly<Record<string, string>>): string {
  const entries = typeof endpoints === 'object' && endpoints !== null ? Object.entries(endpoints) : [];
  const fit = entries.every(
    ([name, url]) =>
      /^[a-z][a-z0-9_-]{0,40}$/.test(name) &&
      typeof url === 'string' &&
      /^(?:\/(?![/\\])|https:\/\/(?=[\w[]))[\w.~:/?#[\]@!$&()*+=%,;-]*$/.test(url),
  );
  if (fit && entries.length > 0) return entries.map(([name, url]) => `${name}="${url}"`).join(', ');
  throw new Misuse(
    'headers/invalid-value',
    "Reporting-Endpoints takes names in lower case, and paths such as '/reports' or https URLs.",
  );
}
