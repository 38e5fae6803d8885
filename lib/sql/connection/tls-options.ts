import { isIP } from 'node:net';
import { Misuse } from '../../refusal/misuse.ts';
import type { ConnectionUrl } from './read-connection-url.ts';

/** `verified`: over TLS, with a certificate for this host from a trusted CA. */
export type TlsMode = 'verified' | 'unverified' | 'plain';

/** Options for Node's `tls.connect`. */
export interface TlsOptions {
  readonly rejectUnauthorized: boolean;
  readonly minVersion: 'TLSv1.2';
  readonly ca?: string;
}

/** The modes of libpq, and MySQL's names for them. What verifies less than we do is taken for verifying all. */
const modes: Readonly<Record<string, TlsMode | 'maybe'>> = {
  disable: 'plain',
  disabled: 'plain',
  allow: 'maybe',
  prefer: 'maybe',
  preferred: 'maybe',
  'no-verify': 'unverified',
  require: 'verified',
  required: 'verified',
  'verify-ca': 'verified',
  verify_ca: 'verified',
  'verify-full': 'verified',
  verify_identity: 'verified',
};

/** How the connection is protected. TLS that can be taken away by whoever is on the way is none (`prefer`). */
export function tlsModeOf(url: ConnectionUrl, source: string, allowPlaintext: boolean): TlsMode {
  const asked = url.parameters.get('sslmode') ?? url.parameters.get('ssl-mode');
  // No network is between, and PostgreSQL speaks no TLS there.
  if (url.host.startsWith('/')) return 'plain';
  if (asked === undefined) return allowPlaintext ? 'plain' : 'verified';
  const name = asked.toLowerCase();
  const mode = Object.hasOwn(modes, name) ? modes[name] : undefined;
  if (mode === undefined) {
    throw new Misuse('sql/connection-settings', `${source} has an sslmode that is not known.`);
  }
  if (mode === 'verified') return mode;
  if (!allowPlaintext && !isLoopback(url.host)) {
    throw new Misuse('sql/plaintext-connection', `${source} says sslmode=${name}.`);
  }
  return mode === 'maybe' ? 'plain' : mode;
}

function isLoopback(host: string): boolean {
  return /^localhost\.?$/i.test(host) || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1';
}

/** False where there is no TLS. */
export function tlsOptionsOf(mode: TlsMode, ca: string | undefined): TlsOptions | false {
  if (mode === 'plain') return false;
  return { rejectUnauthorized: mode === 'verified', minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) };
}
