import { isProduction } from '../internal/is-production.ts';
import type { CsrfDetail } from '../refusal/codes/csrf.ts';
import { allowed, type Decision, type Denied, deny } from '../refusal/decision.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';
import type { OriginFacts, OwnOrigin } from '../request/own-origin.ts';
import { webOrigin } from '../request/web-origin.ts';
import type { AllowedOrigins } from './allowed-origins.ts';

export type CsrfCode = keyof CsrfDetail;

export interface Source {
  readonly method: string;
  readonly path: string;
  readonly site: string;
  readonly origin: string;
}

/** A header that came empty says as little as one that didn't come. */
export function sourceOf(request: AnyRequest, method: string, path: string): Source {
  const site = headerOf(request, 'sec-fetch-site') ?? '';
  return { method, path, site, origin: headerOf(request, 'origin') ?? '' };
}

export interface Policy {
  readonly own: OwnOrigin;
  readonly isAllowed: AllowedOrigins;
}

/**
 * What the browser says about the sender of an unsafe request: `Sec-Fetch-Site` if it came (W3C Fetch Metadata), or else `Origin`
 * (RFC 6454). Undefined where neither is usable: none came, or `Origin` is `null`.
 */
export function judgeSource(
  source: Source,
  { own, isAllowed }: Policy,
  facts: OriginFacts,
): Decision<CsrfCode> | undefined {
  const { site, origin, path } = source;
  if (site === 'same-origin') return allowed;
  if (origin !== '' && isAllowed(origin, path)) return allowed;
  if (site !== '') return deny('csrf/cross-site', evidence(source), crossSiteHint(source));
  if (origin === '' || origin === 'null') return undefined;
  if (own.accepts(origin, facts)) return allowed;
  return deny(
    'csrf/origin-mismatch',
    { ...evidence(source), expected: own.expected(facts) },
    mismatchHint(source, own, facts),
  );
}

/** The same for the handshake of a WebSocket, with which Chromium sends `Origin` and no `Sec-Fetch-Site`. */
export function judgeSocket(
  source: Source,
  policy: Policy,
  facts: OriginFacts,
): Decision<CsrfCode> | undefined {
  const judged = judgeSource(source, policy, facts);
  if (judged?.allow || (judged === undefined && source.origin === '')) return judged;
  const { own } = policy;
  return deny(
    'csrf/foreign-socket',
    { ...evidence(source), expected: own.expected(facts) },
    source.site === '' && source.origin !== 'null' ? mismatchHint(source, own, facts) : crossSiteHint(source),
  );
}

const longest = 200;

export function evidence({ method, path, site, origin }: Source): Source {
  return {
    method: method.slice(0, 32),
    path: path.slice(0, longest),
    site: site.slice(0, 32),
    origin: origin.slice(0, longest),
  };
}

export function denyMissing(source: Source): Denied<CsrfCode> {
  return deny(
    'csrf/token-missing',
    evidence(source),
    source.origin === 'null'
      ? 'The browser sent `Origin: null`, as it does from a page under `Referrer-Policy: no-referrer`, from a sandboxed frame, and after a redirect through another site. Send `Referrer-Policy: same-origin` with your pages.'
      : undefined,
  );
}

/** Names both origins in development only: what an attacker sent is for the event's detail. */
function mismatchHint({ origin }: Source, own: OwnOrigin, facts: OriginFacts): string | undefined {
  if (isProduction()) return undefined;
  return `${own.mismatch(origin, facts)} If it is another site that may send requests, list it in \`allowOrigins\`.`;
}

/** `Sec-Fetch-Site` said no, so only a list can help. */
function crossSiteHint({ site, origin }: Source): string | undefined {
  if (site === 'none') {
    return 'The browser says that no page sent it: a browser extension or another program did. Pages of your own are never refused so.';
  }
  const sender = isProduction() ? undefined : webOrigin(origin);
  return sender && `A page of ${sender} sent it. If you trust it, set \`allowOrigins: ['${sender}']\`.`;
}
