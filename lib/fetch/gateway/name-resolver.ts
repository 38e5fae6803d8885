import dns, { type LookupAddress } from 'node:dns';
import { resolveName } from '../answers.ts';

/** Resolves names by the operating system, a bounded number at a time. */
export interface NameResolver {
  /** Undefined where too many names are being resolved. Rejects with the resolver's error. */
  resolve(name: string): Promise<readonly LookupAddress[]> | undefined;
  setLimit(most: number): void;
}

/**
 * The resolver has four threads of libuv's, and no time-out of its own: a client that asks for names whose servers are
 * silent must not fill an endless queue. Those who ask for one name at one time share the answer; nothing is kept after it.
 */
export function createNameResolver(limit: number): NameResolver {
  const running = new Map<string, Promise<readonly LookupAddress[]>>();
  let most = limit;
  return {
    resolve(name) {
      const shared = running.get(name);
      if (shared) return shared;
      if (running.size >= most) return undefined;
      const asked = lookup(name).finally(() => running.delete(name));
      running.set(name, asked);
      return asked;
    },
    setLimit(next) {
      most = next;
    },
  };
}

function lookup(name: string): Promise<readonly LookupAddress[]> {
  return new Promise((done, failed) => {
    // The hint is what `net` passes, so that the answers are those a plain connection would use.
    resolveName(name, { hints: dns.ADDRCONFIG }, (error, answers) => {
      if (error) failed(error);
      else done(Object.freeze([...answers]));
    });
  });
}
