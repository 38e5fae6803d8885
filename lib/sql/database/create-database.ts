import type { Database } from './database.ts';
import { databaseOn } from './database-on.ts';
import type { Driver } from './driver.ts';
import { runsOn } from './driver-of.ts';
import { refuseInside } from './inside-transaction.ts';
import { runTransaction } from './transaction.ts';

/** The same for every driver: what differs is how a statement is sent. */
export function createDatabase(driver: Driver): Database {
  const db = databaseOn({
    driver,
    // `answer` is what makes a rejection of the Misuse.
    run(statement, limits) {
      refuseInside(driver);
      return driver.run(statement, limits);
    },
    async hold(limits) {
      refuseInside(driver);
      return driver.hold(limits, 'stream');
    },
    async transaction(work, options) {
      refuseInside(driver);
      return runTransaction(driver, work, options);
    },
  });
  runsOn(db, driver);
  return db;
}
