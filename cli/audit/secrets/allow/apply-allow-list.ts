import type { FoundSecret } from '../find/found-secret.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Allowed } from './read-allow-list.ts';

/**
 * Takes out what an entry allows. Files cannot show that a secret was revoked: one without a doubt stays as a doubt, so that nothing
 * passes by it.
 */
export function applyAllowList<Found extends FoundSecret & { readonly path: string }>(
  found: readonly Found[],
  entries: readonly Allowed[],
): readonly Found[] {
  if (entries.length === 0) return found;
  return found.flatMap((one) => {
    const entry = entries.find((allowed) => allows(allowed, one));
    if (entry === undefined) return [one];
    if (one.doubt !== undefined) return [];
    return [{ ...one, doubt: `it is allowed until ${entry.until}: ${entry.reason}` }];
  });
}

function allows({ path, kind, fingerprint }: Allowed, one: FoundSecret & { readonly path: string }): boolean {
  if (kind !== undefined && kind !== one.kind) return false;
  if (path !== undefined && path !== one.path && !(path.endsWith('/') && one.path.startsWith(path)))
    return false;
  return fingerprint === undefined || fingerprint === fingerprintOf(one);
}
