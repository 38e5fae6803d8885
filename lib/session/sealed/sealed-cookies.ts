import { refuse } from '../../internal/refuse.ts';
import { whenKnown } from '../../internal/when-known.ts';
import { deny } from '../../refusal/decision.ts';
import { type AnyRequest, headerOf } from '../../request/any-request.ts';
import { cookieValues } from '../../request/cookies.ts';
import type { Keyring } from '../../secrets/keyring.ts';
import { type SessionCookieOptions, sessionCookie } from '../session-cookie.ts';
import { bindingOf } from '../session-id.ts';
import { OpenedSeals } from './opened-seals.ts';
import { seal, unseal } from './seal.ts';
import { readContent, type SessionContent, writeContent } from './session-content.ts';

/** What a browser keeps of a cookie: name, value and attributes together (RFC 6265, 6.1). */
const longestCookie = 4_096;
const purpose = 'session/sealed';
const seenPurpose = 'session/seen';

/** What a request's cookie was found to be. */
export type FoundCookie =
  | { readonly content: SessionContent; readonly keyId: string }
  | { readonly fault: 'none' | 'several' | 'malformed' | 'unknown-key' | 'not-authentic' | 'unreadable' };

/** Two cookies: the session, and when the browser was last seen. */
export interface SealedCookies {
  readonly name: string;
  /** At once where the same seal was opened before. */
  find(request: AnyRequest): FoundCookie | Promise<FoundCookie>;
  /** When a session's browser was last seen, in seconds since the epoch, if its second cookie says so. */
  seenAt(request: AnyRequest, id: string): number | undefined | Promise<number | undefined>;
  /** Whether a seal was made with the newest key. */
  isCurrent(keyId: string): boolean;
  /**
   * The line that sets the session.
   *
   * @throws Refusal `session/too-large`, which names the largest keys
   */
  set(content: SessionContent, maxAgeSeconds: number): Promise<string>;
  /** The line that says when the browser was last seen. It can't bring back a session or earlier content. */
  setSeen(id: string, seconds: number, maxAgeSeconds: number): Promise<string>;
  /**
   * The lines that remove both, where there is something to remove.
   *
   * @param had whether this response may have set them already
   */
  clear(request: AnyRequest, had: boolean): readonly string[];
}

/** @throws Misuse `bulwark/invalid-option`, `session/not-for-production` */
export function sealedCookies(keys: Keyring, options: SessionCookieOptions = {}): SealedCookies {
  const cookie = sessionCookie(options);
  const seen = sessionCookie({ ...options, name: `${cookie.name}-seen` });
  const open = (value: string, name: string, of: string): ReturnType<typeof unseal> =>
    unseal(value, (id) => keys.byId(of, id), { name, purpose: of });
  const make = (text: Uint8Array, name: string, of: string): Promise<string> =>
    seal(text, keys.current(of), { name, purpose: of });

  const contents = new OpenedSeals<{ readonly content: SessionContent; readonly keyId: string }>();
  const sightings = new OpenedSeals<string>();

  async function findIn(value: string): Promise<FoundCookie> {
    const opened = await open(value, cookie.name, purpose);
    if ('fault' in opened) return opened;
    const content = readContent(opened.plaintext);
    if (content === undefined) return { fault: 'unreadable' };
    const found = { content, keyId: opened.keyId };
    contents.keep(value, found);
    return found;
  }

  async function sightingIn(value: string): Promise<string | undefined> {
    const opened = await open(value, seen.name, seenPurpose);
    if ('fault' in opened) return undefined;
    const text = new TextDecoder().decode(opened.plaintext);
    sightings.keep(value, text);
    return text;
  }

  return Object.freeze({
    name: cookie.name,
    find(request: AnyRequest): FoundCookie | Promise<FoundCookie> {
      const values = cookieValues(request, cookie.name);
      const [value] = values;
      if (value === undefined || value === '') return { fault: values.length > 1 ? 'several' : 'none' };
      if (values.length > 1) return { fault: 'several' };
      return contents.get(value) ?? findIn(value);
    },
    seenAt(request: AnyRequest, id: string) {
      const values = cookieValues(request, seen.name);
      if (values.length !== 1) return undefined;
      const [value] = values as [string];
      return whenKnown(sightings.get(value) ?? sightingIn(value), (text) => {
        if (text === undefined) return undefined;
        const [binding, seconds] = text.split(' ');
        return binding === bindingOf(id) ? Number(seconds) : undefined;
      });
    },
    isCurrent: (keyId: string) => keys.current(purpose).id === keyId,
    async set(content: SessionContent, maxAgeSeconds: number) {
      const line = cookie.set(await make(writeContent(content), cookie.name, purpose), maxAgeSeconds);
      if (line.length > longestCookie) refuseLarge(line.length, content.data);
      return line;
    },
    async setSeen(id: string, seconds: number, maxAgeSeconds: number) {
      const text = new TextEncoder().encode(`${bindingOf(id)} ${seconds}`);
      return seen.set(await make(text, seen.name, seenPurpose), maxAgeSeconds);
    },
    clear(request: AnyRequest, had: boolean) {
      const header = headerOf(request, 'cookie') ?? '';
      return had || header.includes(cookie.name) ? [cookie.clear(), seen.clear()] : [];
    },
  });
}

function refuseLarge(bytes: number, data: Readonly<Record<string, string>>): never {
  const encoder = new TextEncoder();
  const largest = Object.keys(data)
    .map((key) => ({ key, size: encoder.encode(`"${key}":${data[key]},`).length }))
    .sort((one, other) => other.size - one.size)
    .slice(0, 3)
    .map(({ key, size }) => `${key} ${size}`);
  const reason = `the cookie would have ${bytes} bytes; largest keys in bytes of JSON: ${largest.join(', ')}`;
  refuse(
    deny(
      'session/too-large',
      { reason, limit: longestCookie },
      'A browser keeps 4,096 bytes of a cookie. `detail.reason` names the largest keys: keep ids here and the rest in the database, or use server-side sessions.',
    ),
  );
}
