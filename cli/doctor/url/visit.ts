import { randomBytes } from 'node:crypto';
import { DoctorMistake } from '../doctor-mistake.ts';
import { ownAsset } from '../page/own-asset.ts';
import { type Answer, askUrl, isHtml, valuesOf } from './ask-url.ts';
import type { Channel } from './channel.ts';
import type { Sighting } from './sighting.ts';

/** A request's response, and what the application saw of the request. */
export interface Visit {
  readonly answer: Answer;
  /** Undefined without a token, or if the request did not reach the application. */
  readonly seen: Sighting | undefined;
}

/** The requests behind the diagnoses of a URL: at most 15, all of them GETs to the same host. */
export interface Visits {
  readonly asked: boolean;
  readonly page: Visit;
  readonly again: Visit;
  /** A request that no cache can answer. */
  readonly fresh: Visit;
  /** The same with forged forwarded headers. */
  readonly forged: Visit;
  readonly missing: Visit;
  readonly malformed: Visit;
  readonly asset: Visit | undefined;
  readonly others: readonly Visit[];
}

/** Values that a client could forge. The address is reserved for documentation (RFC 5737), and the host never resolves (RFC 2606). */
export const forgedAddress = '192.0.2.66';
export const forgedHost = 'doctor.invalid';
export function forgedProtocol(url: URL): 'http' | 'https' {
  return url.protocol === 'https:' ? 'http' : 'https';
}

/** What to request, and how. */
export interface Asked {
  /** Further pages. */
  readonly paths: readonly string[];
  readonly channel: Channel | undefined;
  /** PEM. */
  readonly ca?: string | undefined;
}

const mostRedirects = 3;
export const mostPaths = 5;

/** @throws {DoctorMistake} `doctor/connect` if the URL does not answer */
export async function visitAll(start: URL, { paths, channel, ca }: Asked): Promise<Visits> {
  const visit = async (url: URL, headers: Record<string, string> = {}): Promise<Visit> => {
    const id = await channel?.probe();
    const answer = await reach(url, id === undefined ? headers : { ...headers, 'x-bulwark-doctor': id }, ca);
    return { answer, seen: id === undefined ? undefined : await channel?.sighting(id) };
  };
  const page = await follow(start, visit);
  const { url } = page.answer;
  const random = randomBytes(8).toString('hex');
  const uncached = (extra: string): URL => {
    const changed = new URL(url);
    changed.searchParams.set('bulwark-doctor', `${random}${extra}`);
    return changed;
  };
  const noCache = { 'Cache-Control': 'no-cache' };
  const again = await visit(url);
  const fresh = await visit(uncached('a'), noCache);
  const proto = forgedProtocol(url);
  const forged = await visit(uncached('b'), {
    ...noCache,
    'X-Forwarded-For': forgedAddress,
    'X-Forwarded-Proto': proto,
    'X-Forwarded-Host': forgedHost,
    Forwarded: `for=${forgedAddress};proto=${proto};host=${forgedHost}`,
  });
  const missing = await visit(new URL(`/bulwark-doctor-${random}`, url));
  const malformed = await visit(malformedUrl(url));
  const asset = isHtml(page.answer) ? ownAsset(page.answer.body, url) : undefined;
  return {
    asked: channel !== undefined,
    ...{ page, again, fresh, forged, missing, malformed },
    asset: asset && (await visit(asset)),
    others: await inTurn(paths, (path) => visit(new URL(path, url))),
  };
}

/** A path that can't be decoded: routers refuse it, so the application's error handler answers. */
function malformedUrl(url: URL): URL {
  return new URL('/%E0%A4%A', url);
}

async function follow(start: URL, visit: (url: URL) => Promise<Visit>): Promise<Visit> {
  let at = start;
  for (let redirects = 0; ; redirects++) {
    const visited = await visit(at);
    const [location] = valuesOf(visited.answer, 'location');
    const isRedirect = visited.answer.status >= 300 && visited.answer.status < 400;
    const next = isRedirect && location !== undefined ? target(location, at) : undefined;
    if (next === undefined || redirects === mostRedirects) return visited;
    at = next;
  }
}

/** The user didn't name other hosts, so nothing is sent to them. */
function target(location: string, from: URL): URL | undefined {
  const next = parse(location, from);
  if (next === undefined || next.hostname !== from.hostname) return undefined;
  const isKept = next.protocol === from.protocol || next.protocol === 'https:';
  next.hash = '';
  return isKept && /^https?:$/.test(next.protocol) ? next : undefined;
}

function parse(location: string, from: URL): URL | undefined {
  try {
    return new URL(location, from);
  } catch {
    return undefined;
  }
}

async function reach(url: URL, headers: Record<string, string>, ca: string | undefined): Promise<Answer> {
  try {
    return await askUrl(url, headers, ca);
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    const isCertificate = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_/.test(code ?? '');
    throw new DoctorMistake(
      'doctor/connect',
      `${url.origin}${url.pathname} does not answer: ${code ?? (name === 'TimeoutError' ? 'no answer within 10 seconds' : message)}.`,
      'Without an answer there is nothing to diagnose.',
      isCertificate
        ? 'Pass the CA certificate: --ca ca.pem. TLS is always verified.'
        : 'Start the application and its proxy, and pass the URL that browsers use.',
    );
  }
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
