import { Misuse } from '../../refusal/misuse.ts';

/** A client of ioredis or of node-redis. */
export type RedisClient =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(args: string[]): Promise<unknown> };

/** One command, for whichever client. ioredis has a `sendCommand` too, of another form. */
export function redisCommand(client: RedisClient): (...args: [string, ...string[]]) => Promise<unknown> {
  const { call, sendCommand } = Object(client) as { call?: unknown; sendCommand?: unknown };
  if (typeof call === 'function') return (...args) => call.apply(client, args);
  if (typeof sendCommand === 'function') return (...args) => sendCommand.call(client, args);
  throw new Misuse('bulwark/invalid-option', 'The client is one of ioredis or of node-redis.');
}
