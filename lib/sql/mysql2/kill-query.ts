import { mysql2Query } from './for-mysql2.ts';
import type { CoreConnection } from './mysql2-client.ts';

const answerMs = 3_000;

type Maker = new (...args: unknown[]) => CoreConnection;

/**
 * Ends what the connection is running, by a connection of its own with the same configuration: those of the pool may
 * all be waiting. An account may end its own statements without a privilege. Resolves when the server has taken it.
 */
export async function killQuery(core: CoreConnection): Promise<void> {
  const { threadId } = core;
  if (typeof threadId !== 'number' || !Number.isSafeInteger(threadId) || threadId < 1) return;
  const { config } = core;
  const options = {
    config: Object.create(Object.getPrototypeOf(config), Object.getOwnPropertyDescriptors(config)),
  };
  // The class of the connection itself, as mysql2 is the application's: a pool's takes its pool first, and has none.
  const Connection = core.constructor as Maker;
  const killer =
    typeof core.release === 'function' ? new Connection(undefined, options) : new Connection(options);
  killer.on('error', () => undefined);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The server did not answer.')), answerMs);
      killer.query(mysql2Query(`kill query ${threadId}`, []), (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    clearTimeout(timer);
    killer.destroy();
  }
}
