/**
 * Looks at whether the server accepts a key exchange without forward secrecy: RSA, where the client sends the key under the key of the
 * certificate. OpenSSL and Node accept it by default.
 *
 * ## Why
 * Who records traffic today and gets the key of the certificate later reads all of it (RFC 9325, 4.1).
 *
 * ## Passes
 * The server refuses it.
 *
 * ## Fails
 * It accepts it.
 *
 * ## Unknown
 * The site has no https that was looked at, or it could not be tried.
 *
 * ## How to fix
 * ```js
 * https.createServer({ ciphers: 'ECDHE+AESGCM:ECDHE+CHACHA20', key, cert }, app);
 * ```
 */

import type { TlsView } from '../../../../target/tls/tls-view.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeTls } from '../../../live/judge/judge-tls.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';

const fix = 'Allow ciphers with ECDHE only: `ECDHE+AESGCM:ECDHE+CHACHA20`.';

export const check: Check = liveCheck({
  id: 'live/forward-secrecy',
  aspect: 'server/hardening',
  title: 'Every key exchange has forward secrecy.',
  why: 'Who records traffic today and gets the key later reads all of it.',
  weight: 'note',
  severity: 'low',
  cwe: [326],
  asvs: ['12.1.2'],
  judge: (site) => judgeTls(site, judge),
});

function judge({ weakCiphers }: TlsView, port: string): Outcome {
  const found = weakCiphers.find(({ kind }) => kind === 'no forward secrecy');
  const evidence = [
    {
      text: `${port}: key exchange with RSA ${found?.state ?? 'untested'}${found?.chosen === undefined ? '' : ` (${found.chosen})`}`,
    },
  ];
  if (found?.state === 'accepted')
    return fail(`${port} accepts a key exchange without forward secrecy.`, evidence, fix);
  if (found?.state === 'refused')
    return pass(`${port} refuses a key exchange without forward secrecy.`, evidence);
  return unknown(`A key exchange without forward secrecy could not be tried at ${port}.`, fix, evidence);
}
