/**
 * Looks at whether the server speaks HTTP/2, as it chooses in the handshake (ALPN).
 *
 * ## Why
 * It is no protection by itself: pages load faster, and a server that lacks it often lacks other updates.
 *
 * ## Passes
 * The server chooses `h2`.
 *
 * ## Fails
 * It chooses `http/1.1`, or nothing.
 *
 * ## Unknown
 * The site has no https that was looked at, or no handshake succeeded. Browsers speak HTTP/2 over https only.
 *
 * ## How to fix
 * ```nginx
 * http2 on;
 * ```
 */

import type { TlsView } from '../../../../target/tls/tls-view.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeTls } from '../../../live/judge/judge-tls.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';

export const check: Check = liveCheck({
  id: 'live/http2',
  aspect: 'server/hardening',
  title: 'The server speaks HTTP/2.',
  why: 'A server that lacks it often lacks other updates.',
  weight: 'note',
  severity: 'low',
  cwe: [],
  asvs: [],
  judge: (site) => judgeTls(site, judge),
});

function judge({ alpn, certificate }: TlsView, port: string): Outcome {
  const evidence = [{ text: `${port}: ALPN ${alpn === undefined ? 'chose nothing' : alpn.slice(0, 20)}` }];
  if (alpn === 'h2') return pass(`${port} speaks HTTP/2.`, evidence);
  if (certificate === undefined)
    return unknown(`No handshake succeeded at ${port}.`, 'Audit the site while it answers.', evidence);
  return fail(`${port} does not speak HTTP/2.`, evidence, 'Switch it on: `http2 on;` in nginx.');
}
