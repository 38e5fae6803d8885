import { type Answer, headerValues } from './reply.ts';
import { parseSetCookie } from './set-cookie.ts';

/** The cookies of one host, as far as a few requests in a row need them. */
export interface CookieJar {
  keep(answer: Answer): void;
  /** The header `Cookie` for a URL; empty if there is nothing to send. */
  headers(url: URL): Readonly<Record<string, string>>;
}

const mostCookies = 20;
const longestCookie = 4_096;

/** @param hostname the only host whose cookies are kept and sent */
export function createCookieJar(hostname: string): CookieJar {
  const kept = new Map<string, { readonly pair: string; readonly secure: boolean }>();
  return {
    keep(answer) {
      if (new URL(answer.url).hostname !== hostname) return;
      for (const header of headerValues(answer, 'set-cookie')) {
        const cookie = parseSetCookie(header, answer.url);
        if (cookie === undefined || header.length > longestCookie || /[^\x20-\x7e]/.test(header)) continue;
        const { name, value, secure, isRemoved } = cookie;
        if (isRemoved) kept.delete(name);
        else if (kept.has(name) || kept.size < mostCookies)
          kept.set(name, { pair: `${name}=${value}`, secure });
      }
    },
    headers(url) {
      if (url.hostname !== hostname) return {};
      const sent = [...kept.values()].filter(({ secure }) => !secure || url.protocol === 'https:');
      return sent.length === 0 ? {} : { Cookie: sent.map(({ pair }) => pair).join('; ') };
    },
  };
}
