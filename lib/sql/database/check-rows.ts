import { Misuse } from '../../refusal/misuse.ts';
import type { Checked, Issue, RowSchema } from './standard-schema.ts';

/** Each row as the schema makes it. A `Misuse` where one does not fit: the schema and the statement disagree. */
export function checkRows<Row>(rows: readonly unknown[], schema: RowSchema<Row>): Row[] | Promise<Row[]> {
  const standard = schema['~standard'];
  const checked = rows.map((row) => standard.validate(row));
  if (checked.some(isPromise)) return Promise.all(checked).then((all) => all.map(rowOf));
  return (checked as Checked<Row>[]).map(rowOf);
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function rowOf<Row>(checked: Checked<Row>): Row {
  if (checked.issues === undefined) return checked.value;
  throw new Misuse('sql/unexpected-row', checked.issues.slice(0, mostTold).map(tell).join('; '));
}

const mostTold = 5;

/** Paths and the schema's own sentences. A row's values are in neither, unless a schema was told to write them. */
function tell({ path, message }: Issue): string {
  const keys = path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return `${keys || 'the row'}: ${message.slice(0, 200)}`;
}
