import { type Taint, traceSteps } from '../dataflow/domain/taint.ts';
import type { Sink } from '../dataflow/view/summary.ts';

/** How far data may come before its way is guesses put upon guesses: in steps, and in changes from one function to another. */
interface Reach {
  readonly steps: number;
  readonly functions: number;
}

/** A log or an answer does little with what arrives there, and a hint that is wrong is worth less than none. */
const ofLog: Reach = { steps: 10, functions: 5 };
const ofLeak: Reach = { steps: 10, functions: 3 };
/** A function that is looked up under a name does harm only where the table holds more than it seems to. */
const ofReflection: Reach = { steps: 12, functions: 5 };
/** The names in an archive are of others only where the archive is, of which nothing is known. */
const ofArchive: Reach = { steps: 10, functions: 3 };
/** What the bytes of a socket mean is for a protocol to say: behind its parsers a field is seldom what the sender likes. */
const ofSocket: Reach = { steps: 9, functions: 3 };
const ofOthers: Reach = { steps: 16, functions: 9 };

const archives = /^(?:archive|zipfile|tarfile)\./;
/** Sockets of a protocol of the program's own: not those that a browser can open. */
export const sockets: RegExp = /^(?:socket|zmq|asyncio)\./;

/** Whether data goes through more on its way to a sink than its evidence is good for. */
export function isFar(sink: Sink, { trace, origin }: Taint): boolean {
  const reach = reachOf(sink, origin.kind === 'source' ? origin.what : '');
  const length = trace?.length ?? 0;
  if (!reach || length < reach.functions) return false;
  if (length > reach.steps) return true;
  const steps = traceSteps(trace);
  return steps.filter(({ func }, i) => func !== (steps[i + 1]?.func ?? sink.func)).length >= reach.functions;
}

/** What reaches a database's statement is worth a look, however far it came. */
function reachOf({ kind }: Sink, what: string): Reach | undefined {
  switch (kind) {
    case 'log':
      return ofLog;
    case 'leak':
      return ofLeak;
    case 'reflection':
      return ofReflection;
    case 'sql':
      return undefined;
    default:
      if (archives.test(what)) return ofArchive;
      return sockets.test(what) ? ofSocket : ofOthers;
  }
}
