import { Misuse } from '../refusal/misuse.ts';
import { webOrigin } from './web-origin.ts';

/** What a request shows about the origin that it was sent to, as `trustedProxies(...).read` gives it. */
export interface OriginFacts {
  readonly protocol: 'http' | 'https';
  readonly host?: string | undefined;
}

/** The origin that browsers see this application at. */
export interface OwnOrigin {
  /** The origin that the request was sent to, or undefined if it is none of the application's. */
  of(facts: OriginFacts): string | undefined;
  /** Whether an `Origin` header is the application's own. `null` never is. */
  accepts(origin: string, facts: OriginFacts): boolean;
  /** The origins that `accepts` would take, for a message. */
  expected(facts: OriginFacts): string;
  /** Why `accepts` said no, naming both origins and what to configure. */
  mismatch(origin: string, facts: OriginFacts): string;
}

/**
 * Knows the application's own origin: configured, or else derived from each request's scheme and host. Behind a proxy that
 * ends TLS, the scheme is right only if `trustedProxies` is. If you can, configure it.
 *
 * With several origins, a request to one of them accepts only that one, as long as its host tells which one it is. So
 * one of your sites can't act in the name of another.
 *
 * @param option such as `https://shop.example.com`; case, a default port and the two spellings of an international name don't matter
 * @throws Misuse `bulwark/invalid-option` for anything but the origin of an http or https URL
 *
 * @example
 * ```ts
 * import { ownOrigin } from 'bulwark/request';
 *
 * const own = ownOrigin('https://shop.example.com');
 * const facts = { protocol: 'http', host: 'shop.example.com' } as const;
 * own.accepts('https://shop.example.com', facts); // true
 * own.accepts('https://shop.example.com.evil.example', facts); // false
 * ownOrigin(undefined).of(facts); // 'http://shop.example.com'
 * ```
 */
export function ownOrigin(option?: string | readonly string[]): OwnOrigin {
  const configured = option === undefined ? undefined : readOrigins(option);

  function expectedOf(facts: OriginFacts): readonly string[] {
    const derived = derive(facts);
    if (configured === undefined) return derived === undefined ? [] : [derived];
    // The host decides, since the scheme may be that of the last proxy. A port stays with its host.
    const addressed = configured.filter(
      (origin) => hostOf(origin) === hostOf(withScheme(origin, facts.host)),
    );
    return addressed.length > 0 ? addressed : configured;
  }

  return Object.freeze({
    of(facts: OriginFacts) {
      const derived = derive(facts);
      if (configured === undefined) return derived;
      const expected = expectedOf(facts);
      return expected.length === 1 ? expected[0] : expected.find((origin) => origin === derived);
    },
    accepts(origin: string, facts: OriginFacts) {
      // Nearly every request: one origin, in the spelling of browsers.
      if (configured?.length === 1 && origin === configured[0]) return true;
      const sent = webOrigin(origin);
      return sent !== undefined && expectedOf(facts).includes(sent);
    },
    expected: (facts: OriginFacts) =>
      expectedOf(facts).join(' or ') || 'no origin, as the request names no valid host',
    mismatch: (origin: string, facts: OriginFacts) =>
      explain(origin, expectedOf(facts), configured !== undefined),
  });
}

const mostOrigins = 1_000;

function readOrigins(option: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(option) ? option : [option];
  if (list.length === 0 || list.length > mostOrigins) {
    throw new Misuse('bulwark/invalid-option', `origin takes 1 to ${mostOrigins} origins.`);
  }
  return [...new Set(list.map(readOrigin))];
}

function readOrigin(value: unknown): string {
  const origin = typeof value === 'string' ? webOrigin(value.replace(/\/$/, '')) : undefined;
  if (origin !== undefined && !/\.(?::\d+)?$/.test(origin)) return origin;
  const shown =
    typeof value === 'string' ? JSON.stringify(value.slice(0, 128)) : `a value of type ${typeof value}`;
  throw new Misuse(
    'bulwark/invalid-option',
    `origin has ${shown}. Write scheme and host, such as 'https://shop.example.com', without path, user, wildcard or final dot.`,
  );
}

function derive({ protocol, host }: OriginFacts): string | undefined {
  return host === undefined ? undefined : webOrigin(`${protocol}://${host}`);
}

function withScheme(origin: string, host: string | undefined): string | undefined {
  return host === undefined ? undefined : webOrigin(`${origin.slice(0, origin.indexOf(':'))}://${host}`);
}

function hostOf(origin: string | undefined): string | undefined {
  return origin?.slice(origin.indexOf('://'));
}

function explain(origin: string, expected: readonly string[], configured: boolean): string {
  // Only an origin that was parsed is repeated, so that no other text of an attacker is.
  const sent =
    webOrigin(origin) ?? (origin === 'null' ? 'null' : 'one that is not a valid http or https origin');
  const wanted = expected.join(' or ') || 'none, as the request names no valid host';
  const first = `The origin expected is ${wanted}; the one that came is ${sent}.`;
  if (configured) return `${first} If both are yours, list both in \`origin\`.`;
  if (expected.some((one) => hostOf(one) === hostOf(sent))) {
    return `${first} They differ only in the scheme, so a proxy probably ends TLS: set \`trustedProxies\`, or \`origin\`.`;
  }
  return `${first} If the second one is yours, a proxy changes \`Host\`: set \`origin: '${/^https?:/.test(sent) ? sent : 'https://...'}'\`.`;
}
