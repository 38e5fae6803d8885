/**
 * Looks at ciphers that are broken: without encryption (NULL), without a check of who answers (anonymous), export, RC4, DES and 3DES. Each
 * kind is offered alone. Key exchange without forward secrecy is told by `live/forward-secrecy`.
 *
 * ## Why
 * What is sent with them can be read or changed by somebody on the path.
 *
 * ## Passes
 * The server refuses all of them.
 *
 * ## Fails
 * It accepts one.
 *
 * ## Unknown
 * The site has no https that was looked at, or a kind could not be tried.
 *
 * ## How to fix
 * ```nginx
 * ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
 * ```
 */

import type { TlsView } from '../../../../target/tls/tls-view.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeTls } from '../../../live/judge/judge-tls.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';

const fix = 'Allow ciphers with AES-GCM or ChaCha20 and ECDHE only, as the page of this check lists them.';
const kinds = ['NULL', 'anonymous', 'export', 'RC4', 'DES', '3DES'] as const;

export const check: Check = liveCheck({
  id: 'live/tls-ciphers',
  aspect: 'server/hardening',
  title: 'The server accepts no broken cipher.',
  why: 'What is sent with a broken cipher can be read or changed by somebody on the path.',
  weight: 'part',
  severity: 'medium',
  cwe: [326, 327],
  asvs: ['12.1.2'],
  judge: (site) => judgeTls(site, judge),
});

function judge({ weakCiphers }: TlsView, port: string): Outcome {
  const broken = weakCiphers.filter(({ kind }) => kind !== 'no forward secrecy');
  const evidence = broken.map(({ kind, state, chosen }) => ({
    text: `${port}: ${kind} ${state}${chosen === undefined ? '' : ` (${chosen})`}`,
  }));
  const accepted = broken.filter(({ state }) => state === 'accepted').map(({ kind }) => kind);
  if (accepted.length > 0)
    return fail(`${port} accepts ciphers that are broken: ${accepted.join(', ')}.`, evidence, fix);
  const isOpen = kinds.some((kind) => !broken.some((one) => one.kind === kind && one.state === 'refused'));
  if (isOpen) return unknown(`Not all kinds of broken ciphers could be tried at ${port}.`, fix, evidence);
  return pass(`${port} refuses all kinds of broken ciphers.`, evidence);
}
