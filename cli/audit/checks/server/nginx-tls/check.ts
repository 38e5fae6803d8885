/**
 * Looks at `ssl_protocols` of each server of nginx with TLS. Where nothing sets it, nothing is said: the default is 1.2 and 1.3 since nginx
 * 1.27.3, and with OpenSSL 3 before that, which speaks older versions only at its security level 0.
 *
 * ## Why
 * TLS 1.0 and 1.1 have attacks that need only a position on the path, and were withdrawn in 2021 (RFC 8996).
 *
 * ## Passes
 * Only `TLSv1.2` and `TLSv1.3` are there.
 *
 * ## Fails
 * `SSLv2`, `SSLv3`, `TLSv1` or `TLSv1.1` is.
 *
 * ## Unknown
 * It is computed; or nothing sets it, and the ciphers are set to security level 0 of OpenSSL.
 *
 * ## How to fix
 * ```nginx
 * ssl_protocols TLSv1.2 TLSv1.3;
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { effective, type NginxServer, nginxView } from '../../../files/nginx/nginx-view.ts';
import { shownDirective } from '../../../files/nginx/shown.ts';

const fix = 'Add to the `http` block or the server: `ssl_protocols TLSv1.2 TLSv1.3;`';

export const check: Check = {
  id: 'server/nginx-tls',
  aspect: 'server/hardening',
  title: 'nginx speaks TLS 1.2 and 1.3 only.',
  why: 'Older versions have attacks that need only a position on the path.',
  weight: 'part',
  severity: 'medium',
  cwe: [326, 327],
  asvs: ['12.1.1'],
  run: (subject) =>
    nginxView(subject)
      .servers.filter(({ listens }) => listens.some(({ isTls }) => isTls))
      .flatMap(judge),
};

function judge({ server, context }: NginxServer): readonly Outcome[] {
  const found = effective(context, 'ssl_protocols');
  if (found === undefined) {
    const ciphers = effective(context, 'ssl_ciphers');
    if (ciphers?.args.join(':').includes('@SECLEVEL=0') !== true) return [];
    return [
      unknown('Nothing sets `ssl_protocols`, and the ciphers allow what old versions of TLS need.', fix, [
        shownDirective(server),
        shownDirective(ciphers),
      ]),
    ];
  }
  const old = found.args.filter((one) => /^(SSLv[23]|TLSv1(\.1)?)$/i.test(one));
  if (old.length > 0) return [fail(`nginx accepts ${old.join(', ')}.`, [shownDirective(found)], fix)];
  if (found.args.every((one) => /^TLSv1\.[23]$/i.test(one)))
    return [pass('nginx accepts TLS 1.2 or later only.', [shownDirective(found)])];
  return [unknown('`ssl_protocols` is computed.', fix, [shownDirective(found)])];
}
