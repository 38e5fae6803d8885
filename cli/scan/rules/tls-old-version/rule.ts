/**
 * Finds broken TLS versions and ciphers: SSL 2 and 3, TLS 1.0 and 1.1, RC4, DES, export ciphers, and ciphers without
 * encryption or without a certificate.
 *
 * ## Why
 * An attacker on the network path can make both sides use the weakest option that both allow. Then some or all of the
 * traffic can be read, as POODLE, BEAST, FREAK and the weaknesses of RC4 have shown.
 *
 * ## Bad
 * ```python
 * import ssl
 *
 * context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
 * ```
 * ```typescript
 * import https from 'node:https';
 *
 * const server = https.createServer({ key, cert, minVersion: 'TLSv1' }, app);
 * ```
 *
 * ## Good
 * ```python
 * import ssl
 *
 * context = ssl.create_default_context()
 * context.minimum_version = ssl.TLSVersion.TLSv1_2
 * ```
 * ```typescript
 * import https from 'node:https';
 *
 * const server = https.createServer({ key, cert, minVersion: 'TLSv1.2' }, app);
 * ```
 *
 * ## When not to use it
 * Tools that test which versions a server still speaks need old versions, and an old device may support nothing
 * better. Confidence is low where a condition on an option switches the version on, and for triple DES or a lowered
 * security level alone.
 */

import { wordsOf } from '../../ir/query/words.ts';
import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { settingInstructions } from '../kit/settings.ts';
import type { Use } from '../kit/use.ts';
import { conditionNames } from '../kit/value/condition-names.ts';
import { namesAround } from '../kit/value/names-of.ts';
import { oldInCall } from './calls.ts';
import { oldSetting } from './options.ts';

export const rule: UseRule = Object.freeze({
  id: 'tls/old-version',
  title: 'Insecure TLS version or cipher',
  severity: 'medium',
  cwe: [327, 326],
  owasp: 'A04:2025 Cryptographic Failures',
  advice: "Set `minVersion: 'TLSv1.2'`, or leave the version and the ciphers to the library.",
  pythonAdvice: 'Use `ssl.create_default_context()`, or set `minimum_version = ssl.TLSVersion.TLSv1_2`.',
  on: settingInstructions,
  names:
    /version|secureProtocol|secureOptions|ciphers|cipher_list|cipher_suites?|ssl|tls|^method$|^options$|^NODE_OPTIONS$|^execArgv$|^wrap_socket$/i,
  modelled: /^use\.(WrapSocket|TlsContext)$|^insecurelyLowerMinimumTo$/i,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = (use.inst.op === 'call' ? oldInCall(use, use.inst) : undefined) ?? oldSetting(use);
  if (!found) return undefined;
  return inTests(use) || isAsked(use) || isProbe(use) ? { ...found, confidence: 'low' } : found;
}

/** Whether an option selects the old version. */
function isAsked({ frame, value }: Use): boolean {
  return [...conditionNames(frame, value)].some(
    (name) =>
      wordsOf(name).some((word) => asking.has(word)) || /^(tls|ssl|min|max)_?version$|^protocol$/i.test(name),
  );
}

const asking: ReadonlySet<string> = new Set(
  'legacy insecure weak old compat compatibility compatible'.split(' '),
);

/** Whether the code finds out which versions a server speaks. */
function isProbe(use: Use): boolean {
  return [pathOf(use), ...namesAround(use.frame.linked, use.frame.id)].some((name) =>
    wordsOf(name).some((word) => probing.has(word)),
  );
}

const probing: ReadonlySet<string> = new Set(
  'probe probes scan scanner scanning audit check checker checks detect enumerate supports supported'.split(
    ' ',
  ),
);
