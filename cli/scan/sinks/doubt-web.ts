import { type Taint, traceSteps } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { ownAddresses, requestTargets } from '../libraries/javascript/http/own-addresses.ts';
import { sinkKind } from './sink-kinds.ts';

/** A longer way through calls of which each may be another's has seldom been gone by one value. */
const maxSteps = 12;
/** What the page itself got, or read of itself: less is known of its author than of a sender or of a database. */
const ofPages = /^(?:web|dom|jquery)\./;

/** What the page is at, as far as nobody has put a second slash in front of its path, and what its worker is told by it. */
function isOfOwnPage(what: string): boolean {
  return what === 'dom.Location.pathname' || /\.onmessage /.test(what);
}

/** Whether the evidence is weak that data of others leads an answer, a request of the server or a page astray. */
export function isDoubtfulOnWeb(sink: Sink, { origin, trace, exact }: Taint): boolean {
  if (origin.kind !== 'source') return false;
  const { source, what } = origin;
  const kind = sinkKind(sink.kind);
  // The page's own address as it is, handed on to who goes there again.
  if (exact && kind.leadsToAddress && ownAddresses.has(what)) return true;
  if (exact && kind.leadsBack && requestTargets.has(what)) return true;
  if (kind.isOwnPageDoubtful && isOfOwnPage(what)) return true;
  // Which attribute is copied from one element to another is not known.
  if (sink.isUnsure && (source === 'page' || kind.isUnsureDoubtful)) return true;
  const limit = kind.maxFunctions;
  if (!limit || (limit.isUnlimitedForRows && source === 'stored' && !ofPages.test(what))) return false;
  if ((trace?.length ?? 0) > maxSteps) return true;
  // A callback that a function hands to `map` leads back into it: that is no further function on the way.
  const through = new Set(traceSteps(trace).map(({ func }) => func));
  through.delete(sink.func);
  return through.size >= (limit.bySource?.[source] ?? limit.usual);
}
