import { visible } from '../../event/redact/visible.ts';
import { outsideRequest } from '../../request/context.ts';
import type { EgressDecision } from '../policy/egress-decision.ts';

export interface EgressLog {
  /** Counts what this window has a line for already, without anything being made of it; false where it has none. */
  repeated(key: string): boolean;
  /** Never throws. `key` is what makes decisions identical. */
  write(key: string, decision: EgressDecision): void;
  /** Writes what was counted since: at the end of a window, and as the process ends. */
  flush(): void;
}

interface Counted {
  readonly decision: EgressDecision;
  /** Identical ones since its line was written. */
  more: number;
}

/** For how long identical decisions are counted instead of repeated. */
const windowMs = 10_000;
/** Of one outcome: so many lines at once, then so many a second. An attacker chooses hosts, and so makes lines. */
const burst = 500;
const perSecond = 10;
/** More addresses than a sensible name has. A line stays shorter than what a pipe takes in one piece (PIPE_BUF). */
const mostAddresses = 16;

/**
 * One JSON line for each decision, bounded: identical ones are counted, and each outcome has its own allowance, so that a
 * flood of refusals hides no connection, nor the reverse. What went over it is counted in a line of its own.
 *
 * @param append takes one line; where it throws, the line is counted as lost
 */
export function createEgressLog(append: (line: string) => void, now: () => number = Date.now): EgressLog {
  let window = new Map<string, Counted>();
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  const allowances = new Map<string, { tokens: number; at: number }>();

  function mayWrite(outcome: string): boolean {
    const at = now();
    const allowance = allowances.get(outcome) ?? { tokens: burst, at };
    allowances.set(outcome, allowance);
    const earned = (Math.max(0, at - allowance.at) / 1000) * perSecond;
    allowance.tokens = Math.min(burst, allowance.tokens + earned);
    allowance.at = at;
    if (allowance.tokens < 1) return false;
    allowance.tokens--;
    return true;
  }

  function put(content: object, count: number): void {
    try {
      append(`${JSON.stringify({ time: new Date(now()).toISOString(), pid: process.pid, ...content })}\n`);
    } catch {
      // A full disk or a pipe that nobody empties must not stop the application.
      lost += count;
    }
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const ended = window;
    window = new Map();
    for (const { decision, more } of ended.values()) {
      if (more === 0) continue;
      if (mayWrite(decision.outcome)) put({ ...decision, count: more }, more);
      else lost += more;
    }
    const untold = lost;
    if (untold === 0) return;
    lost = 0;
    put({ lost: untold }, untold);
  }

  return {
    repeated(key) {
      const known = window.get(key);
      if (known) known.more++;
      return known !== undefined;
    },
    write(key, decision) {
      // A timer keeps the context it was made in, and with it a request that is long over.
      timer ??= outsideRequest(() => setTimeout(flush, windowMs).unref());
      if (!mayWrite(decision.outcome)) {
        lost++;
        return;
      }
      const line = bounded(decision);
      window.set(key, { decision: line, more: 0 });
      put(line, 1);
    },
    flush,
  };
}

function bounded(decision: EgressDecision): EgressDecision {
  return {
    ...decision,
    host: copy(visible(decision.host)),
    addresses: decision.addresses.slice(0, mostAddresses).map(text),
    address: decision.address === undefined ? undefined : text(decision.address),
  };
}

/** An address as a resolver writes it; a caller's `lookup` may give anything. */
function text(address: string): string {
  return copy(visible(address.slice(0, 64)));
}

/** A piece of a string keeps the whole of it in memory, however long that is. */
function copy(piece: string): string {
  return Buffer.from(piece, 'utf16le').toString('utf16le');
}
