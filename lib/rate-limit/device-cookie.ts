import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { sameText } from '../internal/same-text.ts';
import { setCookie } from '../request/cookies.ts';
import type { Keyring } from '../secrets/keyring.ts';

/** A device on which an account has logged in before. */
export interface Device {
  /** Names the device for this account: 128 random bits. */
  readonly nonce: string;
}

export interface DeviceCookies {
  /** The device that one of the cookie's tokens proves for this account; undefined for a forged, foreign or expired one. */
  deviceOf(cookie: DeviceCookieValue, account: string): Device | undefined;
  /** A `Set-Cookie` line for this device, or for a new one. The cookie keeps the tokens of other accounts. */
  issue(cookie: DeviceCookieValue, account: string): string;
}

/** The cookie's values, as `cookieValues` reads them. */
export type DeviceCookieValue = string | readonly string[] | undefined;

const purpose = 'device';
/** Accounts that one browser can be known for, such as on a family's computer. */
const mostTokens = 5;
/** The key's id, the end in seconds, the nonce and the signature. */
const shape = /^([\w-]{6})\.([1-9a-z][\da-z]{0,9})\.([\w-]{22})\.([\w-]{43})$/;

/**
 * Signed device cookies (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). A token is bound to an account, but does not
 * name it: the account is only part of what is signed.
 */
export function deviceCookies(keys: Keyring, name: string, seconds: number): DeviceCookies {
  function find(cookie: DeviceCookieValue, account: string): { nonce: string; token: string } | undefined {
    for (const token of tokensOf(cookie)) {
      const [, id = '', end = '', nonce = '', signature = ''] = shape.exec(token) ?? [];
      const key = keys.byId(purpose, id);
      if (key === undefined || Number.parseInt(end, 36) * 1000 <= Date.now()) continue;
      if (sameText(signature, sign(key, account, nonce, end))) return { nonce, token };
    }
    return undefined;
  }

  return {
    deviceOf(cookie, account) {
      const found = find(cookie, account);
      return found && { nonce: found.nonce };
    },
    issue(cookie, account) {
      const found = find(cookie, account);
      const nonce = found?.nonce ?? toBase64url(crypto.getRandomValues(new Uint8Array(16)));
      const { id, key } = keys.current(purpose);
      const end = Math.floor(Date.now() / 1000 + seconds).toString(36);
      const token = `${id}.${end}.${nonce}.${sign(key, account, nonce, end)}`;
      const others = tokensOf(cookie).filter((other) => other !== found?.token);
      return setCookie(name, [token, ...others].slice(0, mostTokens).join('~'), {
        maxAgeSeconds: seconds,
        sameSite: 'Lax',
        secure: true,
        httpOnly: true,
      });
    },
  };
}

/** Only tokens of the right shape: nothing else is sent back in `Set-Cookie`. */
function tokensOf(cookie: DeviceCookieValue): readonly string[] {
  const values = typeof cookie === 'string' ? [cookie] : (cookie ?? []);
  const tokens = values
    .slice(0, mostTokens)
    .flatMap((value) => String(value).slice(0, 1_000).split('~', mostTokens))
    .filter((token) => shape.test(token));
  return [...new Set(tokens)].slice(0, mostTokens);
}

function sign(key: Uint8Array, account: string, nonce: string, end: string): string {
  const signed = new TextEncoder().encode(JSON.stringify(['device', account, nonce, end]));
  return toBase64url(hmac(sha256, key, signed));
}
