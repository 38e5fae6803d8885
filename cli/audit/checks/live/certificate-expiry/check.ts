/**
 * Looks at how long the certificate of each port of https is still valid. One that has expired is told by `live/certificate`.
 *
 * ## Why
 * On the day after, browsers show a warning instead of the site.
 *
 * ## Passes
 * It is valid for 14 days or more; or, if it was made for a short time, for a third of that.
 *
 * ## Fails
 * It is valid for less, so that nothing seems to renew it.
 *
 * ## Unknown
 * The site has no https that was looked at, or no handshake succeeded.
 *
 * ## How to fix
 * ```sh
 * systemctl status certbot.timer
 * ```
 */

import type { TlsView } from '../../../../target/tls/tls-view.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeTls } from '../../../live/judge/judge-tls.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { shownCertificate } from '../../../live/judge/shown-certificate.ts';

const leastDays = 14;
const day = 86_400_000;

export const check: Check = liveCheck({
  id: 'live/certificate-expiry',
  aspect: 'server/hardening',
  title: 'The certificate does not expire soon.',
  why: 'On the day after, browsers show a warning instead of the site.',
  weight: 'note',
  severity: 'low',
  cwe: [298],
  asvs: [],
  judge: (site) => judgeTls(site, judge),
});

function judge({ certificate }: TlsView, port: string): readonly Outcome[] {
  if (certificate === undefined)
    return [unknown(`The certificate of ${port} was not seen.`, 'Audit the site while it answers.')];
  const { from, to, daysLeft } = certificate;
  if (daysLeft < 0 || certificate.faults.includes('expired')) return [];
  const lifetime = (Date.parse(to) - Date.parse(from)) / day;
  const evidence = [shownCertificate(certificate, port)];
  if (daysLeft >= Math.min(leastDays, Math.floor(lifetime / 3)))
    return [pass(`The certificate of ${port} is valid for ${daysLeft} more days.`, evidence)];
  return [
    fail(
      `The certificate of ${port} is valid for ${daysLeft} more days only.`,
      evidence,
      'See why the program that renews it did not.',
    ),
  ];
}
