import { Misuse } from '../../refusal/misuse.ts';
import type { Driver, Session } from './driver.ts';
import { createLock } from './lock.ts';

interface Parts extends Pick<Driver, 'dialect' | 'explain'> {
  session(): Session;
}

/**
 * The driver of one connection that everybody shares: one statement or transaction after the other, so that none runs
 * inside of another's transaction. One driver for each connection, as each has a queue of its own.
 */
export function singleConnection({ dialect, explain, session }: Parts): Driver {
  const lock = createLock();
  let streaming = false;

  const hold: Driver['hold'] = async (limits, purpose) => {
    // The reader of the stream may wait for what would wait for the stream.
    if (streaming) throw new Misuse('sql/stream-open');
    const streams = purpose === 'stream';
    if (streams) streaming = true;
    try {
      const unlock = await lock.acquire(limits);
      const held = session();
      return {
        ...held,
        release(broken) {
          held.release(broken);
          if (streams) streaming = false;
          unlock();
        },
      };
    } catch (error) {
      if (streams) streaming = false;
      throw error;
    }
  };

  return {
    dialect,
    single: true,
    explain,
    hold,
    async run(statement, limits) {
      const held = await hold(limits);
      try {
        return await held.run(statement, limits);
      } finally {
        held.release(false);
      }
    },
  };
}
