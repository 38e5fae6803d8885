import { type Evidence, fail, type Outcome } from '../check/outcome.ts';
import { scriptWeakness } from '../csp/script-weakness.ts';
import type { Subject } from '../subject/subject.ts';
import { directivesOf } from './app/talisman-policy.ts';
import { hole } from './constant-text.ts';
import { corsHeader, headerSender } from './header-sender.ts';
import { type HeaderWrite, headerWrites } from './header-writes.ts';

/** What fails of the policies that code of the project sends itself: all of them are written out, and none stops inline scripts. */
export function ownPolicy(subject: Subject, fix: string): Outcome | undefined {
  const { writes, isWhole } = headerWrites(subject, 'content-security-policy');
  const weak = writes.map(({ value }) => {
    const directives = value === undefined ? undefined : directivesOf(value, undefined);
    return directives && scriptWeakness(directives);
  });
  const [first] = weak;
  if (!isWhole || first === undefined || weak.includes(undefined)) return undefined;
  return fail(`The policy ${first}.`, evidenceOf(writes), fix);
}

/**
 * Where code of the project sends policies that all stop inline scripts, with a fresh nonce where they have one: the places, of which one
 * has to be sent with every response. Undefined if that is not so, or not known.
 */
export function strongPolicies(subject: Subject): readonly HeaderWrite[] | undefined {
  const { writes, isWhole } = headerWrites(subject, 'content-security-policy');
  const isStrong = ({ template, isFresh }: HeaderWrite): boolean => {
    const text = isFresh ? template?.replaceAll(`'nonce-${hole}'`, "'nonce-random'") : template;
    const directives =
      text === undefined || /[{}]/.test(text) || text.includes(hole)
        ? undefined
        : directivesOf(text, undefined);
    return directives !== undefined && scriptWeakness(directives) === undefined;
  };
  return isWhole && writes.length > 0 && writes.every(isStrong) ? writes : undefined;
}

/** What fails of the CORS headers that code of the project sends itself: the origin of each request is allowed. */
export function ownOrigins(subject: Subject, fix: string): Outcome | undefined {
  const reflected = headerWrites(subject, 'access-control-allow-origin').writes.filter((one) => one.isOrigin);
  if (reflected.length === 0) return undefined;
  const credentials = headerWrites(subject, 'access-control-allow-credentials').writes.filter(
    ({ value }) => value === 'true',
  );
  const how = credentials.length > 0 ? ', with credentials' : '';
  return fail(
    `The origin of the request is allowed, whatever it is${how}.`,
    evidenceOf([...reflected, ...credentials]),
    fix,
  );
}

/**
 * Where code of the project sends back origins, each of which is listed or written out. Undefined if that is not so, not known, or if
 * something else may send such headers too.
 */
export function listedOrigins(subject: Subject): readonly HeaderWrite[] | undefined {
  const { writes, isWhole } = headerWrites(subject, 'access-control-allow-origin');
  const isSafe = ({ value, isListed }: HeaderWrite): boolean =>
    isListed || (value !== undefined && /^https?:\/\/[\w.:-]+$/.test(value));
  const own = new Set(writes.map(({ spot }) => spot.path));
  const isAll = isWhole && writes.length > 0 && writes.every(isSafe);
  return isAll && headerSender(subject, corsHeader, own) === undefined ? writes : undefined;
}

const leastAge = 15_552_000;

/** What is known of the HSTS that code of the project sends itself. Undefined if it sends none. */
export function ownHsts(
  subject: Subject,
): { readonly verdict: 'long' | 'short' | 'unknown'; readonly writes: readonly HeaderWrite[] } | undefined {
  const { writes } = headerWrites(subject, 'strict-transport-security');
  if (writes.length === 0) return undefined;
  const ages = writes.map(({ value }) => /(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(value ?? '')?.[1]);
  if (writes.some(({ value }) => value === undefined)) return { verdict: 'unknown', writes };
  const isLong = (age: string | undefined): boolean => Number(age ?? 0) >= leastAge;
  if (ages.every(isLong)) return { verdict: 'long', writes };
  return { verdict: ages.some(isLong) ? 'unknown' : 'short', writes };
}

export function evidenceOf(writes: readonly HeaderWrite[]): Evidence[] {
  return writes.slice(0, 8).map(({ spot: { path, line, text } }) => ({ path, line, text }));
}
