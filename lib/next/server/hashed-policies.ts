import type { Csp } from '../../csp/csp.ts';
import type { PathPolicy } from '../page-policy.ts';

/** Pages of a build, with the hashes of their scripts and styles. */
export interface HashedPages {
  /** By path. `/_not-found` and `/_global-error` are Next.js's own names. */
  readonly hashes: ReadonlyMap<string, PageHashes>;
}

export interface PageHashes {
  /** Source expressions: `'sha256-...'` for each, and `'strict-dynamic'` or `'self'` for what they load. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

type FindPolicy = (path: string, status: number, usual: PathPolicy) => PathPolicy | undefined;

/** Finds the policy of a static page: it has hashes in place of the nonce, so caches may keep the page. */
export function hashedPolicies(pages: HashedPages | undefined): FindPolicy {
  if (pages === undefined) return () => undefined;
  const made = new WeakMap<Csp, Map<PageHashes, PathPolicy>>();
  return (path, status, usual) => {
    const { policy } = usual;
    const own = pages.hashes.get(nameOf(path, status));
    if (own === undefined || policy === undefined) return undefined;
    const known = made.get(policy) ?? new Map<PageHashes, PathPolicy>();
    made.set(policy, known);
    const before = known.get(own);
    if (before) return before;
    const found = { ...usual, policy: withHashes(policy, own) };
    known.set(own, found);
    return found;
  };
}

function nameOf(path: string, status: number): string {
  if (status === 404) return '/_not-found';
  if (status >= 500) return '/_global-error';
  const decoded = path.includes('%') ? decodeURIComponent(path) : path;
  return decoded.length > 1 && decoded.endsWith('/') ? decoded.slice(0, -1) : decoded;
}

function withHashes(policy: Csp, { scripts, styles }: PageHashes): Csp {
  return policy.with({
    directives: {
      'script-src': scripts,
      'style-src': ["'self'", ...styles],
      'style-src-attr': ["'unsafe-inline'"],
    },
  });
}
