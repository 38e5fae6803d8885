import { Misuse } from '../../refusal/misuse.ts';
import type { Statement } from '../render/render.ts';
import { bindValues } from './bind-values.ts';
import { type Mysql2Query, mysql2Query } from './for-mysql2.ts';
import type { CoreConnection } from './mysql2-client.ts';

/** The statement as it is sent on this connection. A `Misuse` where texts would arrive, or come back, as others. */
export function queryOf(core: CoreConnection, statement: Statement): Mysql2Query {
  if (!writesAnyText(core)) throw new Misuse('sql/connection-charset');
  return mysql2Query(statement.text, bindValues(statement));
}

/** By the number of the collation, which mysql2 keeps up to date: all of utf8mb4. */
function writesAnyText({ config }: CoreConnection): boolean {
  const { charsetNumber: number } = config as { charsetNumber?: unknown };
  if (typeof number !== 'number') return false;
  return (
    number === 45 || number === 46 || (number >= 224 && number <= 247) || (number >= 255 && number <= 323)
  );
}
