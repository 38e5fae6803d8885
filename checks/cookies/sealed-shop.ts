import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { type Keyring, keyring } from '../../lib/secrets/keyring.ts';
import { type SealedSessions, sealedSessions } from '../../lib/session/sealed/index.ts';
import type { Session } from '../../lib/session/session.ts';
import { BrowserJar } from './browser-jar.ts';

export interface Shop {
  cart: string[];
  theme: string;
  note: string;
}

export const secret: Uint8Array = randomBytes(32);
export const keys: Keyring = keyring(secret);
export const sessions: SealedSessions<Shop> = sealedSessions<Shop>({ keys });

/** One request of a browser: its cookies go out, and what comes back stays. */
export async function visit<T>(
  jar: BrowserJar,
  work: (session: Session<Shop>, lines: string[]) => Promise<T> | T,
  of: SealedSessions<Shop> = sessions,
): Promise<T> {
  const lines: string[] = [];
  const request = jar.request();
  const session = await of.load(request, {
    appendCookie(line) {
      lines.push(line);
      jar.take(line);
    },
  });
  expect(of.of(request)).toBe(session);
  return await work(session, lines);
}

export const userOf = (jar: BrowserJar, of: SealedSessions<Shop> = sessions): Promise<string | undefined> =>
  visit(jar, ({ user }) => user, of);

export async function loggedIn(user = 'ann', of: SealedSessions<Shop> = sessions): Promise<BrowserJar> {
  const jar = new BrowserJar();
  await visit(jar, (session) => session.logIn(user, { theme: 'dark' }), of);
  return jar;
}
