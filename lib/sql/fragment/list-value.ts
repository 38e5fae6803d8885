import { type Denied, deny } from '../../refusal/decision.ts';
import type { ListPlace } from '../lex/read-template.ts';
import { contentOf, isSql } from '../query.ts';

/**
 * Whether a list may be bound in a hole; undefined where it may. Clients make a list of any parameter by naming it twice
 * (`?name=a&name=b`), and PostgreSQL would store its text, `{"a","b"}`, in a column of type text.
 *
 * @param given what the holes of the same template were given.
 */
export function deniedList(
  list: readonly unknown[],
  place: ListPlace | undefined,
  given: readonly unknown[],
): Denied<'sql/object-as-value'> | undefined {
  const mayBeJson = place?.contained === true && list.length === 0;
  if (place?.takes === 'array' && !mayBeJson) return undefined;
  const beside = place?.beside === undefined ? undefined : given[place.beside];
  if (isSql(beside)) {
    const content = contentOf(beside);
    if (content.kind === 'name' && content.list) return undefined;
  }
  if (mayBeJson) return deny('sql/object-as-value', { type: 'empty list' }, emptyHint);
  return deny('sql/object-as-value', { type: 'list' }, place?.takes === 'in' ? inHint : listHint);
}

const inHint = `For a list, write \`id \${sql.in(list)}\` in place of \`id in (...)\`: it takes any length, even none. If one value is expected, check its type where the request comes in.`;
const emptyHint =
  'In a column of type jsonb, an empty list would be an object that every object contains. If the column is an array, ' +
  `say so by a cast, such as \`tags @> \${list}::text[]\`.`;
const listHint =
  'If one value is expected, check its type where the request comes in. A list fits where PostgreSQL takes an array: ' +
  `\`= any(\${list})\`, \`unnest(\${list})\`, a cast such as \`\${list}::text[]\`, or an array column of \`sql.table\`.`;
