import { setTimeout as sleep } from 'node:timers/promises';

/** How much may be sent to a target, and until when. */
export interface Budget {
  /** Waits until the next request may be sent. False if no more may be. */
  request(): Promise<boolean>;
  /** The same for a connection without a request, such as a TLS handshake: it is spaced out like one, and counted apart. */
  connection(): Promise<boolean>;
  /** How many requests were sent. */
  readonly requests: number;
  /** Milliseconds that are left, at least 0. */
  readonly leftMs: number;
}

export interface BudgetOptions {
  readonly mostRequests: number;
  readonly mostConnections: number;
  /** Undefined: no limit, for this machine. */
  readonly perSecond?: number | undefined;
  readonly totalMs: number;
}

export function createBudget({ mostRequests, mostConnections, perSecond, totalMs }: BudgetOptions): Budget {
  const end = performance.now() + totalMs;
  const spaceMs = perSecond === undefined ? 0 : 1000 / perSecond;
  const used = { request: 0, connection: 0 };
  const most = { request: mostRequests, connection: mostConnections };
  let next = performance.now();
  const take = async (kind: keyof typeof used): Promise<boolean> => {
    const now = performance.now();
    const at = Math.max(now, next);
    if (used[kind] >= most[kind] || at >= end) return false;
    used[kind] += 1;
    next = at + spaceMs;
    if (at > now) await sleep(at - now);
    return true;
  };
  return {
    request: () => take('request'),
    connection: () => take('connection'),
    get requests() {
      return used.request;
    },
    get leftMs() {
      // Timers cut off what is less than a millisecond, and would ring before the end.
      return Math.max(0, Math.ceil(end - performance.now()));
    },
  };
}
