import {
  type Abstract,
  constText,
  deepTaints,
  derived,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { object } from '../../dataflow/domain/entries.ts';
import { harmlessBehind } from '../../dataflow/domain/harmless-behind.ts';
import { kinds, noKinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints, type Taint } from '../../dataflow/domain/taint.ts';
import { ownAddresses } from '../../libraries/javascript/http/own-addresses.ts';

const requestUrl = /^(?:web|next|hono)\.Request\.(?:url|nextUrl)/;
/** Addresses as texts: of an object its parts are told by the same name. */
const requestText = /^(?:web|next|hono)\.Request\.url$/;
const ofPage = /^dom\.(?:Location\.href|Document\.)/;
const away = kinds('redirect', 'link', 'ssrf');
/** What whoever made a link to the page chose of its address. */
const chosenParts: readonly string[] = ['searchParams', 'search', 'hash', 'pathname'];

/** What is made of all that it is given: of a text, with another behind it. */
export function madeOf(args: readonly Abstract[]): Abstract {
  return tainted(joinTaints(ofFirst(args), ofBase(args)));
}

/** `new Request(address, { headers })`: where it goes to is told by the address alone. */
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
 * `new URL(path, base)` is the base's only where the path's beginning says so. The address that was asked for, or that
 * the page has, leads to the same site as a whole; what is read out of it may say anything.
 */
export function parsedUrl(args: readonly Abstract[]): Abstract {
  const parts = joinTaints(ofFirst(args), ofBase(args));
  const own = new Set(args.flatMap(({ taints }) => taints.filter(isOwnAddress).map(({ origin }) => origin)));
  if (own.size === 0) return tainted(parts);
  const whole = parts.map((taint) =>
    own.has(taint.origin) ? { ...taint, clean: taint.clean.union(away) } : taint,
  );
  return { ...object(chosenParts.map((name) => [name, tainted(parts)])), shape: 'unknown', taints: whole };
}

function ofFirst([first = unknown]: readonly Abstract[]): readonly Taint[] {
  const clean = harmlessBehind(first.skeleton ?? '');
  return derived(deepTaints(first)).map((taint) => ({ ...taint, clean: taint.clean.union(clean) }));
}

/**
 * A path of our own on the host that was asked: `new URL('/login', request.url)`. Of the page's own address its query is
 * left behind, where something is named that lies below it: there is no code in a folder.
 */
function ofBase([first = unknown, second]: readonly Abstract[]): readonly Taint[] {
  const start = first.skeleton ?? '';
  const isLocal = /^\/(?![/\\])/.test(start);
  const isSame = constText(first) === '' || /^[?#]/.test(start);
  return (second ? derived(deepTaints(second)) : []).map((taint) => {
    const what = taint.origin.kind === 'source' ? taint.origin.what : '';
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
