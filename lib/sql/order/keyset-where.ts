import { operand } from '../fragment/expression.ts';
import { staticFragment } from '../fragment/static-fragment.ts';
import { written } from '../fragment/written.ts';
import type { Sql } from '../query.ts';
import type { KeysetTerm } from './keyset-order.ts';
import { boundValue } from './keyset-type.ts';

/**
 * The rows behind the one with these values. Written out, because `(a, b) > (x, y)` has one direction for all keys and
 * no place for NULL. The first key is bounded by itself as well, so that an index on it is read from there.
 */
export function rowsAfter(terms: readonly KeysetTerm[], values: readonly (string | null)[]): Sql {
  const [first] = terms;
  const from = values[0];
  let condition: Sql | undefined;
  for (let i = terms.length - 1; i >= 0; i--) {
    const term = terms[i] as KeysetTerm;
    const value = values[i] ?? null;
    const beyond = greater(term, value);
    condition = condition
      ? written(['(', ' or (', ' and ', '))'], [beyond, same(term, value), condition])
      : beyond;
  }
  if (!first || !condition) return staticFragment('true');
  if (terms.length === 1 || first.nulls !== undefined || typeof from !== 'string') return condition;
  const bound = [operand(first.expression), boundValue(from, first.type), condition];
  return written(['(', first.descending ? ' <= ' : ' >= ', ' and ', ')'], bound);
}

function greater({ expression, descending, nulls, type }: KeysetTerm, value: string | null): Sql {
  const column = operand(expression);
  if (value === null) {
    return nulls === 'first' ? written(['', ' is not null'], [column]) : staticFragment('false');
  }
  const compare = descending ? ' < ' : ' > ';
  if (nulls !== 'last') return written(['', compare, ''], [column, boundValue(value, type)]);
  return written(['(', compare, ' or ', ' is null)'], [column, boundValue(value, type), column]);
}

function same({ expression, type }: KeysetTerm, value: string | null): Sql {
  const column = operand(expression);
  if (value === null) return written(['', ' is null'], [column]);
  return written(['', ' = ', ''], [column, boundValue(value, type)]);
}
