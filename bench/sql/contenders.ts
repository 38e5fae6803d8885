import type { Connected } from './contender.ts';
import { connectBulwark } from './contenders/bulwark.ts';
import { connectDatabases } from './contenders/databases.ts';
import { onDrizzle } from './contenders/drizzle.ts';
import { onKysely } from './contenders/kysely.ts';
import { connectPool, onPg } from './contenders/pg.ts';
import { connectPostgresJs } from './contenders/postgres-js.ts';
import { connectSlonik } from './contenders/slonik.ts';

/** What stands on pg's pool as it is shares one; the others have one of the same size each. */
export async function connectAll(url: string): Promise<Connected> {
  const shared = connectPool(url);
  const own = [connectPostgresJs(url), connectDatabases(url), await connectSlonik(url), connectBulwark(url)];
  return {
    contenders: [
      ...onPg(shared),
      ...onKysely(shared),
      ...onDrizzle(shared),
      ...own.flatMap(({ contenders }) => contenders),
    ],
    async close() {
      await Promise.all([shared.end(), ...own.map(({ close }) => close())]);
    },
  };
}
