import { type Denied, deny } from '../refusal/decision.ts';
import type { ListPlace } from './lex/read-template.ts';
import { contentOf, isSql } from './query.ts';

/**
 * Whether a list may be bound in a hole; undefined where it may. Clients make a list of any parameter by naming it twice
 * (`?name=a&name=b`), and PostgreSQL would store its text, `{"a","b"}`, in a column of type text.
 *
 * @param given what the holes of the same template were given.
 */
export function deniedList(
  place: ListPlace | undefined,
  given: readonly unknown[],
): Denied<'sql/object-as-value'> | undefined {
  if (place?.takes === 'array') return undefined;
  const beside = place?.beside === undefined ? undefined : given[place.beside];
  if (isSql(beside)) {
    const content = contentOf(beside);
    if (content.kind === 'name' && content.list) return undefined;
  }
  return deny('sql/object-as-value', { type: 'list' }, place?.takes === 'in' ? inHint : listHint);
}

const inHint = `For a list, write \`id \${sql.in(list)}\` in place of \`id in (...)\`: it takes any length, even none. If one value is expected, check its type where the request comes in.`;
const listHint =
  'If one value is expected, check its type where the request comes in. A list fits where PostgreSQL takes an array: ' +
  `\`= any(\${list})\`, \`unnest(\${list})\`, a cast such as \`\${list}::text[]\`, or an array column of \`sql.table\`.`;
