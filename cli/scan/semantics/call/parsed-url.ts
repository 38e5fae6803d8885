import {
  type Abstract,
  abstract,
  constText,
  deepTaints,
  derived,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { object } from '../../dataflow/domain/entries.ts';
import { harmlessBehind } from '../../dataflow/domain/harmless-behind.ts';
import { kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints, type Origin, type Taint } from '../../dataflow/domain/taint.ts';
import { ownAddresses } from '../../libraries/javascript/http/own-addresses.ts';

const requestUrl = /^(?:web|next|hono)\.Request\.(?:url|nextUrl)/;
/** Addresses that are strings. For a URL object, its parts have the same name, so it is not exact. */
const requestText = /^(?:web|next|hono)\.Request\.url$/;
const ofPage = /^dom\.(?:Location\.href|Document\.)/;
const away = kinds('redirect', 'link', 'ssrf');
/** The parts of a page's address that the author of a link chooses. */
const chosenParts: readonly string[] = ['searchParams', 'search', 'hash', 'pathname'];

/** Returns an object that carries the taints of a URL (the first argument) and of the optional base URL after it. */
export function madeOf(args: readonly Abstract[]): Abstract {
  return tainted(joinTaints(ofFirst(args), ofBase(args)));
}

/** The value of `new Request(url, options)`. Only the URL decides the destination: the options are clean for URL sinks. */
export function requestTo(args: readonly Abstract[]): Abstract {
  const sent = args.slice(1).flatMap((arg) => derived(deepTaints(arg)));
  return tainted(
    joinTaints(
      ofFirst(args),
      sent.map((taint) => ({ ...taint, clean: taint.clean.union(away) })),
    ),
  );
}

/**
 * The value of `new URL(path, base)`. The base matters only where the path leaves the host open. If an argument is the
 * address of the current request or page, the URL as a whole is clean for redirects, links and requests. Its path, query
 * and hash are not, because the sender of a link chooses them.
 */
export function parsedUrl(args: readonly Abstract[]): Abstract {
  const parts = joinTaints(ofFirst(args), ofBase(args));
  const own = new Set(args.flatMap(({ taints }) => taints.filter(isOwnAddress).map(({ origin }) => origin)));
  if (own.size === 0) return tainted(parts);
  const whole = parts.map((taint) =>
    own.has(taint.origin) ? { ...taint, clean: taint.clean.union(away) } : taint,
  );
  const isPages = parts.every(({ origin }) => own.has(origin) && ofPage.test(sourceName(origin)));
  const chosen = chosenParts.map((name): [string, Abstract] => [
    name,
    isPages && name === 'pathname' ? pagePath(parts) : tainted(parts),
  ]);
  return { ...object(chosen), shape: 'unknown', taints: whole };
}

/** The path of the page's address begins with a slash, and names a file of the page's own host. */
function pagePath(parts: readonly Taint[]): Abstract {
  const clean = kinds('link', 'ssrf');
  const taints = parts.map((taint) => ({ ...taint, clean: taint.clean.union(clean) }));
  return abstract(undefined, taints, undefined, undefined, 'text', undefined, '/\0');
}

function sourceName(origin: Origin): string {
  return origin.kind === 'source' ? origin.what : '';
}

function ofFirst([first = unknown]: readonly Abstract[]): readonly Taint[] {
  const clean = harmlessBehind(first.textTemplate ?? '');
  return derived(deepTaints(first)).map((taint) => ({ ...taint, clean: taint.clean.union(clean) }));
}

/**
 * The taints of the base. `new URL('/login', request.url)` stays on the requested host with a constant path. A relative path
 * drops the query of the page's address, and a folder alone holds no code.
 */
function ofBase([first = unknown, second]: readonly Abstract[]): readonly Taint[] {
  const start = first.textTemplate ?? '';
  const isLocal = /^\/(?![/\\])/.test(start);
  const isSame = constText(first) === '' || /^[?#]/.test(start);
  return (second ? derived(deepTaints(second)) : []).map((taint) => {
    const what = sourceName(taint.origin);
    const clean = (isLocal && requestUrl.test(what) ? away : noKinds).union(
      !isSame && ofPage.test(what) ? kinds('code', 'reflection') : noKinds,
    );
    return clean === noKinds ? taint : { ...taint, clean: taint.clean.union(clean) };
  });
}

function isOwnAddress({ exact, origin }: Taint): boolean {
  return (
    exact && origin.kind === 'source' && (ownAddresses.has(origin.what) || requestText.test(origin.what))
  );
}
