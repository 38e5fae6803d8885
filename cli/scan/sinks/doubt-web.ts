import { type Taint, traceSteps } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { ownAddresses, requestTargets } from '../libraries/javascript/http/own-addresses.ts';
import type { SinkKind, SourceKind } from '../models/model.ts';

/** A longer way through calls of which each may be another's has seldom been gone by one value. */
const maxSteps = 12;
/** How many other functions a way may lead through: a handler, a service and a client are some, not many more. */
const maxFunctions: Readonly<Partial<Record<SinkKind, number>>> = {
  redirect: 6,
  link: 6,
  header: 6,
  trust: 6,
  ssrf: 6,
  xss: 6,
};
/** Data of a request goes through the small functions that put a page together. */
const maxOfPage = 7;

/** What the page itself got, or read of itself: less is known of its author than of a sender or of a database. */
const ofPages = /^(?:web|dom|jquery)\./;

/** What is read of a page was mostly written there by the same program: behind this many functions it is what they make of it. */
const maxOfOwnPage = 3;

function maxFor(kind: SinkKind, source: SourceKind): number | undefined {
  if (kind !== 'xss') return maxFunctions[kind];
  if (source === 'page') return maxOfOwnPage;
  return source === 'remote' ? maxOfPage : maxFunctions[kind];
}

/** Sinks that lead to an address. */
const toAddress: ReadonlySet<SinkKind> = new Set(['redirect', 'link', 'ssrf']);

/** Sinks that keep what was asked for, or lead there again. */
const backToTarget: ReadonlySet<SinkKind> = new Set(['redirect', 'trust']);

/** What the page is at, as far as nobody has put a second slash in front of its path, and what its worker is told by it. */
function isOfOwnPage(what: string): boolean {
  return what === 'dom.Location.pathname' || /\.onmessage /.test(what);
}

/** Whether the evidence is weak that data of others leads an answer, a request of the server or a page astray. */
export function isDoubtfulOnWeb(sink: Sink, { origin, trace, exact }: Taint): boolean {
  if (origin.kind !== 'source') return false;
  const { source, what } = origin;
  // The page's own address as it is, handed on to who goes there again.
  if (exact && toAddress.has(sink.kind) && ownAddresses.has(what)) return true;
  if (exact && backToTarget.has(sink.kind) && requestTargets.has(what)) return true;
  if (sink.kind === 'ssrf' && isOfOwnPage(what)) return true;
  // Which attribute is copied from one element to another, or which header is set, is not known.
  if (sink.isUnsure && (source === 'page' || sink.kind === 'redirect')) return true;
  const limit = maxFor(sink.kind, source);
  // A row of a database goes through more layers on its way into a page.
  if (limit === undefined || (sink.kind === 'xss' && source === 'stored' && !ofPages.test(what)))
    return false;
  if ((trace?.length ?? 0) > maxSteps) return true;
  // A callback that a function hands to `map` leads back into it: that is no further function on the way.
  const through = new Set(traceSteps(trace).map(({ func }) => func));
  through.delete(sink.func);
  return through.size >= limit;
}
