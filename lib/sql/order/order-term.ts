import { Misuse } from '../../refusal/misuse.ts';
import { operand } from '../fragment/expression.ts';
import { written } from '../fragment/written.ts';
import { fragment, type Sql } from '../query.ts';

/** Where rows without a value stand, in both directions. */
export type Nulls = 'first' | 'last';

/** What an order sorts by. */
export interface Ordered {
  readonly expression: Sql;
  /** Undefined leaves it to the database, and each has its own rule. */
  readonly nulls: Nulls | undefined;
}

export function readNulls(nulls: unknown): Nulls | undefined {
  if (nulls === undefined || nulls === 'first' || nulls === 'last') return nulls;
  throw new Misuse('sql/invalid-sort', "`nulls` is 'first' or 'last'.");
}

/** One key of ORDER BY, with its direction and the place of NULL. */
export function orderTerm({ expression, nulls }: Ordered, descending: boolean): Sql {
  const direction = descending ? ' desc' : '';
  const plain = descending ? written(['', direction], [expression]) : expression;
  if (nulls === undefined) return plain;
  const standard = written(['', `${direction} nulls ${nulls}`], [expression]);
  const forMysql = (nulls === 'last') === descending ? plain : nullsApart(expression, nulls, direction);
  return fragment({ kind: 'choice', choose: (dialect) => (dialect === 'mysql' ? forMysql : standard) });
}

/** MySQL has no words for it, and NULL is the least of its values. */
function nullsApart(expression: Sql, nulls: Nulls, direction: string): Sql {
  const test = nulls === 'last' ? ' is null, ' : ' is not null, ';
  return written(['', test, direction], [operand(expression), expression]);
}
