import type { Dialect, Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';
import { withHeaders } from '../request-strings.ts';
import { placeholders } from './escaped.ts';
import { bound } from './queries.ts';

const dialects: readonly Dialect[] = ['postgres', 'mysql', 'sqlite'];

/** Words and signs that the developer wrote too, each one token or less. */
const words: readonly string[] = (
  'select from where and or not null order by desc asc limit offset group having count max sum case when then else end ' +
  'union all in like between exists insert into values update set delete with distinct coalesce lower users user id name email ' +
  'title price total status role active posts post products orders a b p u c n s e 1 10 20 0 21 5 2 admin web high low main ' +
  "createdAt User blog_post auth_user SELECT WHERE Name \"name\" 'a' 'admin' 'web' '' ' * % , = . ( ) ; - -- / \" ` ? $1 < > <> || " +
  '"users" `users` id" "id es er o i t w nam ser'
).split(' ');

/** Pieces of the developer's text that have several tokens. */
const phrases: readonly string[] = [
  'order by',
  'group by',
  'select *',
  'a.id',
  'count(*)',
  'is null',
  'name = ?',
  'limit 10',
  'limit 1',
  '1=1',
  'id desc',
  'price desc',
  'n desc',
  '(?)',
  '= ?',
  ', ',
  ' ',
  '  ',
  "' '",
  '? or',
  'or ',
  ' and ',
  'select * from',
  'values (?, ?, ?)',
  "('a', 'b')",
  "'admin', 'root'",
  'union all',
  'a or b',
  'lower(name)',
  'id = ?',
  '10 offset 20',
  '*)',
  'as name',
  "then 'high'",
  "<> ''",
  '?, ?',
  'from users',
  'between ? and ?',
  '> 1',
  'not in',
  'a, b',
];

function* coincidences(
  dialect: Dialect,
  inputs: readonly string[],
  rounds: number,
  debatable: boolean,
): Generator<Draft> {
  const texts = bound.map((text) => placeholders(dialect, text));
  let turn = 0;
  for (const input of inputs) {
    // Where it occurs at all, first those.
    const meets = texts.filter((text) => text.toLowerCase().includes(input.toLowerCase()));
    for (let round = 0; round < rounds; round++) {
      const text = meets[round] ?? (debatable ? undefined : texts[turn % texts.length]);
      if (text === undefined) continue;
      turn++;
      const count = (text.match(/\?|\$\d+/g) ?? []).length;
      // A piece of one token, with the spaces around it, is no question.
      const several =
        debatable &&
        input.trim() !== '' &&
        input.trim() !== 'or' &&
        input.trim() !== 'and' &&
        input !== "' '";
      yield {
        dialect,
        text,
        twin: text,
        values: Array.from({ length: count }, () => input),
        inputs: withHeaders(turn, input),
        note: debatable
          ? "several of the developer's own tokens occur in the request; the value is bound"
          : "a word of the developer's own text occurs in the request; the value is bound",
        ...(several ? { debatable: true as const } : {}),
      };
    }
  }
}

/** Requests that hold, by chance, what the developer's own text holds. */
export function coincidentWords(): ProvenCase[] {
  return [
    ...numberCases(
      'word',
      false,
      dialects.flatMap((dialect) => [...coincidences(dialect, words, 3, false)]),
    ),
    ...numberCases(
      'phrase',
      false,
      dialects.flatMap((dialect) => [...coincidences(dialect, phrases, 2, true)]),
    ),
  ];
}
