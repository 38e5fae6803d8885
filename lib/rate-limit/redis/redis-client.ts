import { hearErrors } from '../../internal/hear-errors.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Script } from './script.ts';

/** A client of ioredis (`new Redis()`, `new Cluster()`), or of node-redis (`createClient()`, `createCluster()`, connected). */
export interface RedisClient {
  eval(script: string, ...rest: never[]): Promise<unknown>;
}

/** The commands that a store needs, whichever client sends them. */
export interface RedisCommands {
  /** Runs a script with one key, by which a cluster client chooses the node. */
  run(script: Script, key: string, values: readonly (number | string)[]): Promise<unknown>;
}

/** Both clients, as far as they are used here. */
interface AnyClient {
  readonly status?: string;
  readonly isReady?: boolean;
  eval(script: string, ...rest: unknown[]): Promise<unknown>;
  /** Of ioredis. */
  evalsha(sha1: string, ...rest: unknown[]): Promise<unknown>;
  /** Of node-redis. */
  evalSha(sha1: string, ...rest: unknown[]): Promise<unknown>;
}

/**
 * One shape for both clients. They are used as they are: no command is defined on the application's own client. It gets a
 * listener for errors.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function redisCommands(given: RedisClient): RedisCommands {
  const client = given as unknown as AnyClient;
  const isIoredis = typeof client?.evalsha === 'function' && typeof client.status === 'string';
  if (typeof client?.eval !== 'function' || !(isIoredis || typeof client.evalSha === 'function')) {
    throw new Misuse('bulwark/invalid-option', 'redisStore takes a client of ioredis or of node-redis.');
  }
  hearErrors(client);
  const isReady = isIoredis ? readiness(client) : () => client.isReady !== false;

  async function send<T>(work: () => Promise<T>): Promise<T> {
    // The client would keep it in a queue without bound, and count it when the request is long over.
    if (!isReady()) throw new Error('The client of Redis is not connected.');
    return await work();
  }

  return {
    async run({ text, sha1 }, key, values) {
      const names = values.map(String);
      const rest = isIoredis ? [1, key, ...names] : [{ keys: [key], arguments: names }];
      try {
        return await send(() => (isIoredis ? client.evalsha(sha1, ...rest) : client.evalSha(sha1, ...rest)));
      } catch (error) {
        // It has run nothing: this server does not have the script yet, or lost it when it was restarted.
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return await send(() => client.eval(text, ...rest));
      }
    },
  };
}

/** Until its first connection, a client of ioredis waits for it: `wait` is one that connects at its first command. */
function readiness(client: AnyClient): () => boolean {
  let wasReady = false;
  return () => {
    const ready = client.status === 'ready';
    wasReady ||= ready;
    return ready || client.status === 'wait' || (!wasReady && client.status?.startsWith('connect') === true);
  };
}
