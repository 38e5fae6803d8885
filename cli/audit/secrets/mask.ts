import { fingerprintOf } from './allow/fingerprint.ts';
import type { FoundSecret } from './find/found-secret.ts';

/**
 * A secret as reports show it: its first characters where its kind has a prefix that is the same for all, its length, and the fingerprint
 * that an allow list names it by.
 */
export function masked(secret: FoundSecret): string {
  const { value } = secret;
  const [prefix = ''] = /^(?:[A-Za-z]{2,8}[_.-](?:[a-z]{2,6}[_-])?|AKIA|ASIA|AIza|LTAI)/.exec(value) ?? [];
  return `${value.length >= prefix.length + 16 ? prefix : ''}******** (${value.length} characters, fingerprint ${fingerprintOf(secret)})`;
}
