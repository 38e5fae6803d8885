import { isProduction } from '../internal/is-production.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { isCookieName, setCookie } from '../request/cookies.ts';

export interface SessionCookieOptions {
  /**
   * The cookie's name. `__Host-session` by default. It begins with `__Host-`, so that no other host and no plain HTTP can set it;
   * with `allowInsecure` it doesn't.
   */
  readonly name?: string;
  /** `Lax` by default. With `Strict`, a user who follows a link from another site arrives logged out. */
  readonly sameSite?: 'Lax' | 'Strict';
  /** Keep the cookie when the browser closes, until the absolute expiry. False by default. */
  readonly persistent?: boolean;
  /** For development on plain HTTP: no `Secure`, and no `__Host-` name. Refused with NODE_ENV=production. */
  readonly allowInsecure?: boolean;
}

const names = ['name', 'sameSite', 'persistent', 'allowInsecure'] as const;

/** The cookie of a session: its name, and the lines that set and remove it. */
export interface SessionCookie {
  readonly name: string;
  /** @param maxAgeSeconds how long the session can last still; used only for a persistent cookie */
  set(value: string, maxAgeSeconds: number): string;
  clear(): string;
}

/** @throws Misuse `bulwark/invalid-option`, `session/not-for-production` */
export function sessionCookie(options: SessionCookieOptions = {}): SessionCookie {
  const own = knownOptions(options, names);
  const sameSite = own.sameSite ?? 'Lax';
  if (sameSite !== 'Lax' && sameSite !== 'Strict') {
    throw new Misuse('bulwark/invalid-option', "cookie.sameSite is 'Lax' or 'Strict'.");
  }
  for (const name of ['persistent', 'allowInsecure'] as const) {
    if (own[name] !== undefined && typeof own[name] !== 'boolean') {
      throw new Misuse('bulwark/invalid-option', `cookie.${name} is true or false.`);
    }
  }
  const secure = own.allowInsecure !== true;
  if (!secure && isProduction()) {
    throw new Misuse('session/not-for-production', 'cookie.allowInsecure is set.');
  }
  const name = own.name ?? (secure ? '__Host-session' : 'session');
  checkName(name, secure);
  const attributes = { sameSite, secure, httpOnly: true } as const;
  return Object.freeze({
    name,
    set: (value: string, maxAgeSeconds: number) =>
      setCookie(name, value, {
        ...attributes,
        ...(own.persistent === true && { maxAgeSeconds: Math.max(1, Math.floor(maxAgeSeconds)) }),
      }),
    clear: () => setCookie(name, '', { ...attributes, maxAgeSeconds: 0 }),
  });
}

function checkName(name: string, secure: boolean): void {
  if (typeof name !== 'string' || !isCookieName(name)) {
    throw new Misuse('bulwark/invalid-option', 'cookie.name is not a valid name of a cookie.');
  }
  if (secure !== name.startsWith('__Host-')) {
    throw new Misuse(
      'bulwark/invalid-option',
      secure
        ? 'cookie.name begins with __Host-, such as __Host-session.'
        : 'Browsers take no __Host- cookie over plain HTTP: with allowInsecure, cookie.name has no such prefix.',
    );
  }
}
