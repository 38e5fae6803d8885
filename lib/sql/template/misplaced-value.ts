import type { MisuseCode } from '../../refusal/codes.ts';
import type { Misuse } from '../../refusal/misuse.ts';
import type { Place } from '../lex/read-template.ts';
import { templateMisuse } from '../lex/template-misuse.ts';

/** The mistake of a value where SQL wants a name or a list. */
export function misplacedValue(source: string, index: number, place: Exclude<Place, 'value'>): Misuse {
  return misplacedHole(source, index, 'sql/value-as-syntax', hints[place]);
}

/** A mistake at the hole with this index, counted from 0. */
export function misplacedHole(source: string, index: number, code: MisuseCode, hint: string): Misuse {
  let at = -1;
  for (let i = 0; i <= index; i++) at = source.indexOf('\0', at + 1);
  return templateMisuse(code, source, at, hint);
}

const hints: { readonly [P in Exclude<Place, 'value'>]: string } = {
  table:
    'Name a table with `sql.table`, or with `sql.identifier(name, [...])`, which takes only the names in its list.',
  column: 'A value here sorts nothing. Use `sql.orderBy(input, columns, { default })`.',
  list: 'Leave out the word `in`, and put `sql.in(list)` into the hole. It also takes an empty list.',
};
