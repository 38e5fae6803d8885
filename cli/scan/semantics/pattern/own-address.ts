import { type Abstract, derived } from '../../dataflow/domain/abstract.ts';
import { toAddresses } from '../../dataflow/domain/harmless-behind.ts';
import { type Kinds, kinds, noKinds, noLeadingSlash } from '../../dataflow/domain/kinds.ts';
import { type Origin, type Taint, withClean } from '../../dataflow/domain/taint.ts';
import { ownAddresses } from '../../libraries/javascript/http/own-addresses.ts';

/**
 * Whether a taint is the address of the page itself, such as `location.href`. This includes an address whose end was cut
 * off, because it still leads to the page's own site.
 */
export function isOwnAddress({ exact, origin }: Taint): boolean {
  return exact && origin.kind === 'source' && ownAddresses.has(origin.what);
}

/**
 * The taints of a text after a change that keeps the host of an address, such as removing the query. The page's own
 * address still counts as the page's own then. Other taints are no longer exact.
 */
export function derivedOnSite(taints: readonly Taint[]): readonly Taint[] {
  return taints.flatMap((taint) => (isOwnAddress(taint) ? [taint] : derived([taint])));
}

/** The scheme of an address, or the start of what follows its path: `/^http:/`, `'#'`, `/[?#].*$/`. */
const aroundSite = /^(?:\^?\(?(?:https?|\\\/\\\/|\/\/)(?::|\?:|\)|$)|\^?\\\/\\\/$|\\?\?|#|\[[?#&]+\])/;

/**
 * Whether a search text or pattern matches only the scheme, the query or the fragment of an address, not its host or
 * path: `/^http:/`, `'#'`.
 */
export function isAroundSite(search: string): boolean {
  return search.length < 80 && aroundSite.test(search) && !/\||^\^?\(?http.*[*+.]/.test(search);
}

/** Whether a concatenation has only one part that is not empty, so that it only converts that part: `address + ''`. */
export function isNoMoreThanText(parts: readonly Abstract[]): boolean {
  let others = 0;
  for (const { consts } of parts) if (consts?.length !== 1 || consts[0] !== '') others++;
  return others === 1;
}

/** Parts of an address that begin with a character that no scheme can follow. */
const marked: ReadonlyMap<string, Kinds> = new Map([
  ['dom.Location.hash', kinds('link', 'redirect')],
  ['dom.Location.search', kinds('link', 'redirect')],
  ['dom.Location.pathname', kinds('link')],
]);

/**
 * The sink kinds in which an unchanged part of the page's own address is harmless: `location.hash` -> `link` and
 * `redirect`. None for other taints.
 */
export function harmlessPart({ exact, origin }: Taint): Kinds {
  return exact && origin.kind === 'source' ? (marked.get(origin.what) ?? noKinds) : noKinds;
}

/** Request targets that begin with a slash, as HTTP requires; parsers refuse others. */
const fromRoot =
  /^(?:(?:express\.Request|koa\.Context|koa\.Request)\.(?:path|url|originalUrl)|fastify\.Request\.(?:url|originalUrl)|http\.IncomingMessage\.url|tornado\.HTTPServerRequest\.(?:uri|path)|flask\.Request\.(?:path|full_path)|django\.HttpRequest\.(?:path|path_info|get_full_path(?:_info)?\(\)))$/;

/**
 * The taints of a text without the slashes at its start. The path of the request then begins with none. Of other texts nothing
 * is proven: one may begin with a tab, which browsers skip, so that a slash, a tab and `/evil.example` lead to another site.
 */
export function withoutRoot(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    isTarget(taint.origin) ? withClean(taint, taint.clean.union(noLeadingSlash)) : taint,
  );
}

/** A regular expression for the slashes at the start of a text: `^/+`. */
const leadingSlashes = /^(?:\^|\\A)(?:\\?\/|\[\\?\/\\{0,2}\]){1,2}[+*]$/;

/**
 * The taints of a text after a replacement of the slashes at its start by none (`path.replace(/^\/+/, '')`) or one. With one, the
 * path of the request stays on the site. They are returned unchanged for other replacements.
 */
export function withRootReplaced(
  taints: readonly Taint[],
  source: string,
  by: string | undefined,
): readonly Taint[] {
  if ((by !== '' && by !== '/') || !leadingSlashes.test(source)) return taints;
  if (by === '') return withoutRoot(taints);
  return taints.map((taint) =>
    isTarget(taint.origin) ? withClean(taint, taint.clean.union(toAddresses)) : taint,
  );
}

/** Whether a value always begins with a slash, so that it is a path when it follows a host. */
export function beginsAtRoot({ exact, origin }: Taint): boolean {
  return exact && isTarget(origin);
}

function isTarget(origin: Origin): boolean {
  return origin.kind === 'source' && origin.source === 'remote' && fromRoot.test(origin.what);
}
