import { AsyncLocalStorage } from 'node:async_hooks';
import { Misuse } from '../../refusal/misuse.ts';
import type { Driver } from './driver.ts';

interface Inside {
  readonly driver: Driver;
  /** Timers and connections that were made inside carry the mark on after the end. */
  over: boolean;
  readonly outer: Inside | undefined;
}

/** The transactions in which the running code is, the innermost first. */
const storage = new AsyncLocalStorage<Inside>();

/** Runs a transaction's work so that `refuseInside` knows it. Only drivers with a single connection need that. */
export async function insideTransaction<T>(driver: Driver, work: () => Promise<T>): Promise<T> {
  if (driver.single !== true) return work();
  const inside: Inside = { driver, over: false, outer: storage.getStore() };
  try {
    return await storage.run(inside, work);
  } finally {
    inside.over = true;
  }
}

/** On a single connection, a transaction would wait for what waits for its end: a `Misuse` instead. */
export function refuseInside(driver: Driver): void {
  if (driver.single !== true) return;
  for (let at = storage.getStore(); at !== undefined; at = at.outer) {
    if (at.driver === driver && !at.over) throw new Misuse('sql/outside-transaction');
  }
}
