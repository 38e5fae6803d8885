import { type Abstract, derived } from '../../dataflow/domain/abstract.ts';
import { type Kinds, kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import type { Taint } from '../../dataflow/domain/taint.ts';
import { ownAddresses } from '../../libraries/javascript/http/own-addresses.ts';

/** Whether it is the address that the page has, with its site and no more than an end of it cut off. */
export function isOwnAddress({ exact, origin }: Taint): boolean {
  return exact && origin.kind === 'source' && ownAddresses.has(origin.what);
}

/** The taints of what was made of a text by a change that leaves the site of an address as it was. */
export function derivedOnSite(taints: readonly Taint[]): readonly Taint[] {
  return taints.flatMap((taint) => (isOwnAddress(taint) ? [taint] : derived([taint])));
}

/** The scheme of an address, or what comes behind its path: `/^http:/`, `'#'`, `/[?#].*$/`. */
const aroundSite = /^(?:\^?\(?(?:https?|\\\/\\\/|\/\/)(?::|\?:|\)|$)|\^?\\\/\\\/$|\\?\?|#|\[[?#&]+\])/;

/** Whether what is looked for in an address stands in front of its site, or behind its path. */
export function isAroundSite(search: string): boolean {
  return search.length < 80 && aroundSite.test(search) && !/\||^\^?\(?http.*[*+.]/.test(search);
}

/** Whether a text is nothing but another one, made a text: `address + ''`. */
export function isNoMoreThanText(parts: readonly Abstract[]): boolean {
  let others = 0;
  for (const { consts } of parts) if (consts?.length !== 1 || consts[0] !== '') others++;
  return others === 1;
}

/** Parts of an address that bring the mark with them in front of which no scheme can stand. */
const marked: ReadonlyMap<string, Kinds> = new Map([
  ['dom.Location.hash', kinds('link', 'redirect')],
  ['dom.Location.search', kinds('link', 'redirect')],
  ['dom.Location.pathname', kinds('link')],
]);

/** For what a part of the page's own address is harmless, as it is. */
export function harmlessPart({ exact, origin }: Taint): Kinds {
  return exact && origin.kind === 'source' ? (marked.get(origin.what) ?? noKinds) : noKinds;
}

/** What begins with a slash, as HTTP has it, or is refused by the parser: where the request was sent to. */
const fromRoot =
  /^(?:(?:express\.Request|koa\.Context|koa\.Request)\.(?:path|url|originalUrl)|fastify\.Request\.(?:url|originalUrl)|http\.IncomingMessage\.url|flask\.Request\.(?:path|full_path)|django\.HttpRequest\.(?:path|path_info|get_full_path(?:_info)?\(\)))$/;

/** Whether a value begins with a slash, so that behind a host it is a path. */
export function beginsAtRoot({ exact, origin }: Taint): boolean {
  return exact && origin.kind === 'source' && origin.source === 'remote' && fromRoot.test(origin.what);
}
