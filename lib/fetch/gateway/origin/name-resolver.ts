import dns, { type LookupAddress } from 'node:dns';
import { resolveName } from '../../lookup/answers.ts';
import type { Cancel } from './cancel.ts';

/** Resolves names by the operating system, a bounded number at a time, and no role holds up another. */
export interface NameResolver {
  /**
   * Undefined where too many names are asked for. Rejects with the resolver's error.
   *
   * @param gone cancelled where nobody waits any more: a name that has not been asked for then never is
   */
  resolve(name: string, role: string, gone: Cancel): Promise<readonly LookupAddress[]> | undefined;
  setLimit(most: number): void;
}

interface Lookup {
  readonly name: string;
  readonly role: string;
  readonly answers: Promise<readonly LookupAddress[]>;
  readonly done: (answers: readonly LookupAddress[]) => void;
  readonly failed: (error: Error) => void;
  waiters: number;
  running: boolean;
}

/**
 * The operating system's resolver has no time-out of its own, and libuv gives it half of its threads: a client that asks for
 * names whose servers are silent would stop everybody else's. So there is a queue before it. A role has half of what
 * may run at once, and names that nobody waits for leave the queue. Who asks for a name that is being asked for shares its
 * answer; nothing is kept after it.
 */
export function createNameResolver(limit: number, atOnce: number = resolverThreads()): NameResolver {
  const lookups = new Map<string, Lookup>();
  const perRole = Math.max(1, Math.floor(atOnce / 2));
  let most = limit;

  const end = (lookup: Lookup): void => {
    lookups.delete(lookup.name);
    startNext();
  };
  const start = (lookup: Lookup): void => {
    lookup.running = true;
    // The hint is what `net` passes, so that the answers are those a plain connection would use.
    resolveName(lookup.name, { hints: dns.ADDRCONFIG }, (error, answers) => {
      if (error) lookup.failed(error);
      else lookup.done(Object.freeze([...answers]));
      end(lookup);
    });
  };
  /** In the order in which they came, but those whose role has enough running. */
  const startNext = (): void => {
    const running = [...lookups.values()].filter((lookup) => lookup.running);
    if (running.length >= atOnce) return;
    const next = [...lookups.values()].find(
      ({ running: runs, role }) => !runs && running.filter((other) => other.role === role).length < perRole,
    );
    if (next) start(next);
  };

  return {
    resolve(name, role, gone) {
      const known = lookups.get(name);
      if (!known && lookups.size >= most) return undefined;
      const lookup = known ?? lookupOf(name, role);
      lookups.set(name, lookup);
      lookup.waiters++;
      gone.on((reason) => {
        lookup.waiters--;
        if (lookup.waiters > 0 || lookup.running || lookups.get(name) !== lookup) return;
        lookup.failed(reason);
        end(lookup);
      });
      startNext();
      return lookup.answers;
    },
    setLimit(next) {
      most = next;
    },
  };
}

function lookupOf(name: string, role: string): Lookup {
  let done: Lookup['done'] = () => {};
  let failed: Lookup['failed'] = () => {};
  const answers = new Promise<readonly LookupAddress[]>((fulfil, reject) => {
    [done, failed] = [fulfil, reject];
  });
  // Nobody may be left to hear of it.
  answers.catch(() => {});
  return { name, role, answers, done, failed, waiters: 0, running: false };
}

/** What libuv lets run at once: half of its threads, of which there are four unless the environment says otherwise. */
function resolverThreads(): number {
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  return Math.max(2, Math.floor((Number.isInteger(threads) ? threads : 4) / 2));
}
