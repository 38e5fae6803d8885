import type { Taint } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { mailSinks } from '../frameworks/traits/component/mail-sinks.ts';
import { isDoubtfulOnWeb } from './doubt-web.ts';
import { isFar, sockets } from './way-length.ts';

/** Names in an archive: they are of others only where the archive is, of which nothing is known. */
const ofArchives = /^(?:archive|zipfile|tarfile)\./;

/** The package `debug` writes where somebody looks for a fault, and has switched it on. */
const forDebugging = /^debug\(/;

/** What servers bound by some kilobytes: an expression that takes time by the square of them is no danger yet. */
const boundedByServers = /(?:^|\.)(?:headers|url|originalUrl|path|META|environ|hostname)$/;
const squareTime = /quadratic/;

/**
 * What arrives at a sink, weak where the evidence is: what a log or the text of an error may do is little, and a hint that is
 * wrong is worth less than none.
 */
export function doubted(sink: Sink, taint: Taint): Taint {
  if (taint.weak || taint.origin.kind !== 'source') return taint;
  const isWeak =
    isDoubtful(sink, taint.origin.what, taint.origin.source === 'stored') ||
    isDoubtfulOnWeb(sink, taint) ||
    isFar(sink, taint);
  return isWeak ? { ...taint, weak: true } : taint;
}

function isDoubtful(sink: Sink, what: string, isStored: boolean): boolean {
  switch (sink.kind) {
    // Mails are mostly written to who the record is of.
    case 'xss':
      return isStored && mailSinks.test(sink.what);
    case 'log':
      return ofArchives.test(what) || forDebugging.test(sink.what);
    case 'redos':
      return ofArchives.test(what) || (squareTime.test(sink.what) && boundedByServers.test(what));
    case 'regex':
      return ofArchives.test(what);
    // What one process tells another is no form that somebody has filled in.
    case 'mass-assignment':
      return sockets.test(what);
    default:
      return false;
  }
}
