import { contentOf, fragment, isSql, type Sql } from '../query.ts';
import { parseName } from './name.ts';
import { written } from './written.ts';

/** A column by its name, or an expression. */
export function readExpression(column: unknown): Sql {
  return isSql(column) ? column : fragment({ kind: 'name', path: parseName(column as string) });
}

/** An expression as an operand: in parentheses, unless it is a name. */
export function operand(expression: Sql): Sql {
  return contentOf(expression).kind === 'name' ? expression : written(['(', ')'], [expression]);
}
