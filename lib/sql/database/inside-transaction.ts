import { AsyncLocalStorage } from 'node:async_hooks';
import { Misuse } from '../../refusal/misuse.ts';
import type { Driver } from './driver.ts';

/** The drivers in whose transactions the running code is. */
const storage = new AsyncLocalStorage<ReadonlySet<Driver>>();

/** Runs a transaction's work so that `refuseInside` knows it. Only drivers with a single connection need that. */
export function insideTransaction<T>(driver: Driver, work: () => Promise<T>): Promise<T> {
  if (driver.single !== true) return work();
  return storage.run(new Set([...(storage.getStore() ?? []), driver]), work);
}

/** On a single connection, a transaction would wait for what waits for its end: a `Misuse` instead. */
export function refuseInside(driver: Driver): void {
  if (driver.single === true && storage.getStore()?.has(driver)) throw new Misuse('sql/outside-transaction');
}
