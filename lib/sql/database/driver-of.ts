import type { Driver } from './driver.ts';

const drivers = new WeakMap<object, Driver>();

/** What a database runs on; undefined for a handle inside of a transaction. */
export function driverOf(db: object): Driver | undefined {
  return drivers.get(db);
}

export function runsOn(db: object, driver: Driver): void {
  drivers.set(db, driver);
}
