import { hearErrors } from '../../internal/hear-errors.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** What this needs of a client of ioredis. */
export interface IoredisClient {
  readonly status: string;
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
}

/** What this needs of a client of `redis` (node-redis). */
export interface NodeRedisClient {
  readonly isReady: boolean;
  readonly isOpen: boolean;
  sendCommand(args: string[]): Promise<unknown>;
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
}

/** One way to speak to both. */
export interface RedisConnection {
  /** Rejects at once or soon while Redis can't be reached: the client's own queue has no limit. */
  command(name: string, ...args: string[]): Promise<unknown>;
  /** Calls back whenever the client has connected: that may be another server, or one with other settings. */
  onReady(listener: () => void): void;
}

/** How long an operation waits for a client that has no connection. */
export const patienceMs = 1000;

/** @throws Misuse `bulwark/invalid-option` */
export function redisConnection(client: IoredisClient | NodeRedisClient): RedisConnection {
  if (isIoredis(client)) {
    // `wait` is a lazy client that connects with its first command.
    const ready = readiness(client, () => client.status === 'ready' || client.status === 'wait');
    return {
      command(name, ...args) {
        const waiting = ready();
        return waiting ? waiting.then(() => client.call(name, ...args)) : client.call(name, ...args);
      },
      onReady: (listener) => void client.on('ready', listener),
    };
  }
  if (isNodeRedis(client)) {
    const ready = readiness(client, () => client.isReady);
    return {
      command(...args) {
        if (!client.isOpen) {
          return Promise.reject(new Error('The client is not connected: await client.connect() at start.'));
        }
        const waiting = ready();
        return waiting ? waiting.then(() => client.sendCommand(args)) : client.sendCommand(args);
      },
      onReady: (listener) => void client.on('ready', listener),
    };
  }
  throw new Misuse(
    'bulwark/invalid-option',
    'client is a Redis or Cluster of ioredis, or a client of createClient of redis.',
  );
}

function isIoredis(client: unknown): client is IoredisClient {
  const { status, call } = (client ?? {}) as Partial<IoredisClient>;
  return typeof status === 'string' && typeof call === 'function';
}

function isNodeRedis(client: unknown): client is NodeRedisClient {
  const { isReady, sendCommand } = (client ?? {}) as Partial<NodeRedisClient>;
  return typeof isReady === 'boolean' && typeof sendCommand === 'function';
}

/**
 * Waits for a client that is connecting, all callers together and for a second in all; then rejects until it is ready. Undefined
 * where there is nothing to wait for.
 */
function readiness(
  client: IoredisClient | NodeRedisClient,
  isReady: () => boolean,
): () => Promise<void> | undefined {
  let waiting: Promise<void> | undefined;
  hearErrors(client);

  function wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        client.removeListener('ready', arrived);
        act();
      };
      const arrived = (): void =>
        settle(() => {
          waiting = undefined;
          resolve();
        });
      const timer = setTimeout(
        () => settle(() => reject(new Error('The client is not connected.'))),
        patienceMs,
      );
      client.on('ready', arrived);
    });
  }

  return () => {
    if (isReady()) waiting = undefined;
    else waiting ??= wait();
    return waiting;
  };
}
