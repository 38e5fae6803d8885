import { Misuse } from '../../refusal/misuse.ts';
import type { Checked, Issue, RowSchema } from './standard-schema.ts';

/** Each row as the schema makes it. A `Misuse` where one does not fit: the schema and the statement disagree. */
export function checkRows<Row>(rows: readonly unknown[], schema: RowSchema<Row>): Row[] | Promise<Row[]> {
  const standard = schema['~standard'];
  const checked: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const result = standard.validate(row);
    if (!isPromise(result)) {
      checked.push(rowOf(result));
      continue;
    }
    const rest = rows.slice(i + 1).map(async (later) => rowOf(await standard.validate(later)));
    return Promise.all([result.then(rowOf), ...rest]).then((others) => checked.concat(others));
  }
  return checked;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function rowOf<Row>(checked: Checked<Row>): Row {
  if (checked.issues === undefined) return checked.value;
  throw new Misuse('sql/unexpected-row', checked.issues.slice(0, mostTold).map(tell).join('; '));
}

const mostTold = 5;

/**
 * The path, and what was expected there. Not the schema's own sentence: valibot writes the row's value into it. Keys of
 * JSON inside of a column may be data as well; one that has more in it than letters is not shown.
 */
function tell({ path, ...issue }: Issue): string {
  const [column, ...inner] = (path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  const keys = [
    ...(column === undefined ? ['the row'] : [String(column).slice(0, 128)]),
    ...inner.slice(0, 8).map((key) => (/^(\d{1,9}|[a-z_]{1,32})$/i.test(String(key)) ? String(key) : '?')),
  ].join('.');
  const { expected, code, type } = issue as Record<string, unknown>;
  if (typeof expected === 'string') return `${keys} is not ${expected.slice(0, 100)}`;
  const rule = typeof code === 'string' ? code : type;
  return typeof rule === 'string' ? `${keys} fails ${rule.slice(0, 100)}` : `${keys} does not fit`;
}
