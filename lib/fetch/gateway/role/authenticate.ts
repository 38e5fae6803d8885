import { type Denied, deny } from '../../../refusal/decision.ts';
import { matchesCertificate, type ShownCertificate } from './certificate-rule.ts';
import { digestOf, sameDigest } from './credential.ts';
import type { Role } from './role.ts';

/** What a client showed. Kept with its tunnel, so that a reload can ask again. */
export interface Shown {
  readonly user: string | undefined;
  readonly digest: Buffer | undefined;
  readonly certificate: ShownCertificate | undefined;
  /** Proxy-Authorization was there, and could not be read. */
  readonly unreadable: boolean;
}

/** Reads `Basic dXNlcjpwYXNzd29yZA==` (RFC 7617). Two such lines are none, as nobody knows which one counts. */
export function readShown(lines: readonly string[], certificate: ShownCertificate | undefined): Shown {
  if (lines.length === 0) return { user: undefined, digest: undefined, certificate, unreadable: false };
  const unreadable = { user: undefined, digest: undefined, certificate, unreadable: true };
  const encoded = /^basic +([A-Za-z0-9+/]{1,4096}={0,2}) *$/i.exec(lines[0] ?? '')?.[1];
  if (encoded === undefined || lines.length > 1) return unreadable;
  const text = Buffer.from(encoded, 'base64');
  const colon = text.indexOf(':');
  if (colon === -1) return unreadable;
  const user = text.toString('latin1', 0, colon);
  return { user, digest: digestOf(text.subarray(colon + 1)), certificate, unreadable: false };
}

/**
 * The role of a client. Credentials that are sent must be right, whatever else is shown: a client that asks for one role
 * must not be given another.
 */
export function findRole(roles: readonly Role[], shown: Shown, method: string): Role | Denied {
  const { user, digest, certificate } = shown;
  if (shown.unreadable) return deny('gateway/unauthenticated', { method, why: 'unreadable credentials' });
  if (user !== undefined && digest !== undefined) {
    return (
      byCredential(roles, user, digest) ??
      deny('gateway/unauthenticated', { method, why: 'wrong credentials' })
    );
  }
  const found =
    (certificate &&
      roles.find((role) => role.certificates.some((rule) => matchesCertificate(rule, certificate)))) ??
    roles.find(({ anonymous }) => anonymous);
  return found ?? deny('gateway/unauthenticated', { method, why: 'no credentials' });
}

/** Every user's digest is compared, so that the time tells neither whether there is such a user nor how much was right. */
function byCredential(roles: readonly Role[], user: string, digest: Buffer): Role | undefined {
  let found: Role | undefined;
  for (const role of roles) {
    for (const credential of role.credentials) {
      if (sameDigest(credential.digest, digest) && credential.user === user) found = role;
    }
  }
  return found;
}

/** Who it was, for the log. */
export function nameOf({ user, certificate }: Shown): string {
  if (user !== undefined) return `user ${user.slice(0, 128)}`;
  if (certificate)
    return `certificate ${(certificate.cn ?? certificate.san[0] ?? certificate.fingerprint256).slice(0, 128)}`;
  return 'anonymous';
}
