import { type Taint, traceSteps } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { ownAddresses, requestTargets } from '../libraries/javascript/http/own-addresses.ts';
import { sinkKind } from './sink-kinds.ts';

/** On a longer path, some call is probably dispatched wrongly, so that no single value takes the whole path. */
const maxSteps = 12;
/** Sources in a page: it is less clear who wrote their data than for a request or a database. */
const ofPages = /^(?:web|dom|jquery)\./;

/** The path of the page, which rarely begins with two slashes, and the messages that a page sends to its worker. */
function isOfOwnPage(what: string): boolean {
  return what === 'dom.Location.pathname' || /\.onmessage /.test(what);
}

/** Whether the evidence is weak that untrusted data controls a response, a server request, or a page. */
export function isDoubtfulOnWeb(sink: Sink, { origin, trace, exact }: Taint): boolean {
  if (origin.kind !== 'source') return false;
  const { source, what } = origin;
  const kind = sinkKind(sink.kind);
  // The page's own address, unchanged, as the target of a navigation.
  if (exact && kind.leadsToAddress && ownAddresses.has(what)) return true;
  if (exact && kind.leadsBack && requestTargets.has(what)) return true;
  if (kind.isOwnPageDoubtful && isOfOwnPage(what)) return true;
  // It is unknown which attribute is copied from one element to another.
  if (sink.isUnsure && (source === 'page' || kind.isUnsureDoubtful)) return true;
  const limit = kind.maxFunctions;
  if (!limit || (limit.isUnlimitedForRows && source === 'stored' && !ofPages.test(what))) return false;
  if ((trace?.length ?? 0) > maxSteps) return true;
  // A callback that a function passes to `map` leads back into that function, which does not make the path longer.
  const through = new Set(traceSteps(trace).map(({ func }) => func));
  through.delete(sink.func);
  return through.size >= (limit.bySource?.[source] ?? limit.usual);
}
