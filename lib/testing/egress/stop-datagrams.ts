import { Socket } from 'node:dgram';
import { replaceMethod, type Undo } from '../replace-method.ts';
import type { EgressWatch } from './egress-watch.ts';

/** A test may have replaced it, as jest's clock does, by one that it winds itself. */
const { nextTick } = process;

/** No datagram is sent, whoever it is for. */
export function stopDatagrams(watch: EgressWatch): Undo {
  const undone = ['send', 'connect'].map((name) =>
    replaceMethod(Socket.prototype, name, () => (...args) => {
      // `send(message, offset?, length?, port?, address?)`, `connect(port, address?)`.
      const place = args.filter((arg) => typeof arg === 'number' || typeof arg === 'string');
      const error = watch.refuse('a datagram', place.slice(-2).join(' ').slice(0, 256));
      const done = args.at(-1);
      if (typeof done !== 'function') throw error;
      nextTick(done as (error: Error) => void, error);
      return undefined;
    }),
  );
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}
