/**
 * Looks at which versions of TLS the server accepts: each one is offered alone.
 *
 * ## Why
 * TLS 1.0 and 1.1 have attacks that need only a position on the path, and were withdrawn in 2021 (RFC 8996).
 *
 * ## Passes
 * TLS 1.2 or 1.3 is accepted, and the older ones are refused.
 *
 * ## Fails
 * TLS 1.0 or 1.1 is accepted.
 *
 * ## Unknown
 * The site has no https that was looked at, or a version could not be tried.
 *
 * ## How to fix
 * ```nginx
 * ssl_protocols TLSv1.2 TLSv1.3;
 * ```
 */

import type { TlsView } from '../../../../target/tls/tls-view.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeTls } from '../../../live/judge/judge-tls.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';

const fix =
  'Allow TLS 1.2 and 1.3 only: `ssl_protocols TLSv1.2 TLSv1.3;` in nginx, `minVersion: "TLSv1.2"` in Node.';

export const check: Check = liveCheck({
  id: 'live/tls-versions',
  aspect: 'server/hardening',
  title: 'The server speaks TLS 1.2 and 1.3 only.',
  why: 'Older versions have attacks that need only a position on the path.',
  weight: 'part',
  severity: 'medium',
  cwe: [326, 327],
  asvs: ['12.1.1'],
  judge: (site) => judgeTls(site, judge),
});

function judge({ versions }: TlsView, port: string): Outcome {
  const evidence = versions.map(({ version, state }) => ({ text: `${port}: ${version} ${state}` }));
  const accepted = versions.filter(({ state }) => state === 'accepted').map(({ version }) => version);
  const old = accepted.filter((version) => version === 'TLSv1' || version === 'TLSv1.1');
  if (old.length > 0) return fail(`${port} accepts ${old.join(' and ')}.`, evidence, fix);
  const isOpen = ['TLSv1', 'TLSv1.1'].some(
    (version) => !versions.some((one) => one.version === version && one.state === 'refused'),
  );
  if (accepted.length === 0 || isOpen)
    return unknown(`Not all versions of TLS could be tried at ${port}.`, fix, evidence);
  return pass(`${port} accepts ${accepted.join(' and ')} only.`, evidence);
}
