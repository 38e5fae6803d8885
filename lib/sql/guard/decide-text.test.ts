import { describe, expect, it } from 'vitest';
import { collectInputs } from '../../request/inputs.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import { rulesFor } from '../lex/rules.ts';
import type { OwnText } from './create-judge.ts';
import { decideText } from './decide-text.ts';
import { needlesOf } from './needles.ts';
import { readText } from './read-text.ts';

function decide(dialect: DialectName, text: string, inputs: object, own?: OwnText): string | undefined {
  const needles = needlesOf(collectInputs({ query: inputs }));
  const decision = decideText(() => readText(text, rulesFor(dialect)), needles, own);
  if (decision.allow) return undefined;
  return 'source' in decision.detail ? decision.detail.source : decision.code;
}

/** Texts of 61 dots and colons, each another one, whose parts are those of the others. */
function alike(count: number): string[] {
  let state = 1;
  return Array.from({ length: count }, () =>
    Array.from({ length: 61 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state & 0x10000 ? '.' : ':';
    }).join(''),
  );
}

type Row = readonly [title: string, dialect: DialectName, text: string, inputs: object];

const attacks: readonly Row[] = [
  ['ends a literal', 'postgres', "select 1 where a = 'x' or '1'='1'", { q: "x' or '1'='1" }],
  ['is written in another case', 'postgres', "select 1 where a = 'X' OR '1'='1'", { q: "x' or '1'='1" }],
  ['is a condition', 'postgres', 'select 1 where a = 1 or 1=1', { q: '1 or 1=1' }],
  ['calls a function', 'sqlite', 'select 1 where a = sleep(5)', { q: 'sleep(5)' }],
  ['is short', 'sqlite', "select 1 where a = ''='' limit 1", { q: "'='" }],
  ['opens a comment', 'mysql', "select 1 where a = 'x'#' and b = 'y'", { q: "x'#" }],
  ['ends a name', 'mysql', 'select `a`, b.`c` from t', { q: 'a`, b.`c' }],
  ['ends a comment of the developer', 'postgres', '/* for a */ or b */ select 1', { q: 'a */ or b' }],
  ['opens a comment within one', 'postgres', '/* for a /* b */ select 1 from t -- */', { q: 'a /* b' }],
  ['ends a line comment', 'sqlite', 'select 1 -- for a\nunion select 2', { q: 'a\nunion select 2' }],
  ['ends a dollar quote', 'postgres', 'select $$a$$ || b || $$c$$', { q: 'a$$ || b || $$c' }],
  ['takes the quote behind it along', 'mysql', "select 1 where a = '\\' and b = ' or 1=1 -- '", { q: '\\' }],
  ['makes a comment of two signs', 'sqlite', 'select a --5\n, b', { q: '-5' }],
  ['is part of a comment that may be run', 'mysql', "select /*!50000 'it*' */ 1", { q: 'it*' }],
  [
    'meets doubled quotes where a backslash counts',
    'mysql',
    "select '\\'' or 1=1 -- '",
    { q: "\\' or 1=1 -- " },
  ],
  [
    'is cut off',
    'postgres',
    "select 1 where a = 'x' or 1=1 or b i'",
    { q: "x' or 1=1 or b in (select 2 from t)" },
  ],
  ['lost its quotes', 'postgres', 'select 1 where a = 1 or x=x', { q: "1 or 'x'='x" }],
  ['was URL-encoded twice', 'postgres', "select 'x' or 1=1", { q: 'x%2527%20or%201=1' }],
  ['was JSON', 'postgres', "select 'x' or 1=1", { q: '{"a":["x\' or 1=1"]}' }],
  ['was base64', 'postgres', "select 'x' or 1=1 --'", { q: Buffer.from("x' or 1=1 --").toString('base64') }],
  ['lost its backslashes', 'postgres', "select 1 where a = 'x' or 1=1 --'", { q: "x\\' or 1=1 --" }],
  [
    'lost its tags',
    'mysql',
    "select 1 where a = 'x' union select 2 --'",
    { q: "x' un<b>ion sel<i>ect 2 --" },
  ],
  [
    'lost its backslashes and tags',
    'sqlite',
    "select 1 where a = 'x' or 1=1 --'",
    { q: "x\\' o<b a='c'>r 1=1 --" },
  ],
  ['is a piece of a list', 'postgres', 'select 1 where a in (1, (select 2))', { q: '1,(select 2)' }],
  ['is a name in an object', 'postgres', 'select a, (select b) from t', { 'a, (select b)': 1 }],
  [
    'is glued to a name',
    'postgres',
    'select * from log_2024 union select * from log_2023',
    { q: '2024 union select * from log_2023' },
  ],
  ['is glued to a number', 'mysql', 'select 1 where id = 10 or 1=1', { q: '0 or 1=1' }],
  ['is glued on both sides', 'sqlite', 'select * from t_a, t_b_v', { q: 'a, t_b' }],
  [
    'is short, behind a quote that pairs up',
    'sqlite',
    "select 1 where a = 'x'' and b = ' or 1--'",
    { q: 'or 1--' },
  ],
  [
    'is a comment mark behind a quote that pairs up',
    'postgres',
    "select 1 where a = 'x'' and b = '--'",
    { a: "x'", b: '--' },
  ],
  ['is another argument', 'mysql', 'call pay(1, 2,999)', { q: '2,999' }],
  ['is another column', 'postgres', 'insert into m (a, b, c) values (1, 2,3)', { q: '2,3' }],
  ['is an order where none is', 'postgres', 'delete from t where x = name desc', { q: 'name desc' }],
  ['has a literal too', 'postgres', "select 1 where n = 'a = 1 or b' or i = a = 1 or b", { q: 'a = 1 or b' }],
  ['is arithmetic behind a value', 'mysql', 'select 1 where a = b -1', { q: '-1' }],
];

const ordinary: readonly Row[] = [
  ['is a word', 'postgres', 'select 1 from users order by name desc', { q: 'name', d: 'desc' }],
  ['is a number', 'postgres', 'select 1 where a = 17', { q: '17' }],
  ['is bold', 'postgres', "select 1 where a = 'so it is'", { q: '<b>so it is</b>' }],
  ['has a quote that is doubled', 'mysql', "select 1 where a = 'it''s'", { q: "it\\'s" }],
  ['is a comparison', 'postgres', "select 1 where a = '1 < 2 > 0'", { q: '1 < 2 > 0' }],
  ['is a signed number', 'postgres', 'select 1 where a = -17.5', { q: '-17.5' }],
  ['is a list of numbers', 'mysql', 'select 1 where a in (1, 2,3)', { q: '1, 2,3' }],
  ['is a key and its order', 'postgres', 'select 1 from t order by price desc', { q: 'price desc' }],
  [
    'is a further key of an order',
    'postgres',
    'select 1 from t order by f(a, b), t.price desc',
    { q: 'price desc' },
  ],
  ['is a piece of a name', 'postgres', 'select 1 from log_2024', { q: '2024' }],
  [
    'ends in a quote that is doubled',
    'postgres',
    "select 1 where a = 'x''' and b = ' or 1--'",
    { a: "x'", b: ' or 1--' },
  ],
  [
    'is JSON that is escaped by backslashes',
    'mysql',
    String.raw`insert into d values ('{\"name\":\"W \\\"Bill\\\" Gates\"}')`,
    { name: 'W "Bill" Gates', text: String.raw`{"name":"W \"Bill\" Gates"}` },
  ],
  [
    'is JSON in a literal with backslashes',
    'postgres',
    String.raw`insert into d values (E'{"name":"W \\"Bill\\" Gates"}')`,
    { text: String.raw`{"name":"W \"Bill\" Gates"}` },
  ],
  [
    'has its literal, and stands where no value does',
    'postgres',
    "select 1 from t where a like '%limit 20%' order by b desc limit 20",
    { q: 'limit 20' },
  ],
  ['is an operator', 'postgres', 'select 1 where a >= 5', { q: '>=' }],
  [
    'is escaped by doubling',
    'postgres',
    "select 1 where a = 'O''Brien or '' 1=1'",
    { q: "O'Brien or ' 1=1" },
  ],
  [
    'is escaped by backslashes',
    'mysql',
    "select 1 where a = 'O\\'Brien or \\' 1=1'",
    { q: "O'Brien or ' 1=1" },
  ],
  ['ends in a backslash that is doubled', 'mysql', "select 1 where a = 'C:\\\\' and b = 'x'", { q: 'C:\\' }],
  ['ends in a backslash that is one', 'postgres', "select 1 where a = 'C:\\' and b = 'x'", { q: 'C:\\' }],
  [
    'is prose in a literal',
    'sqlite',
    "select 'select a from b where c = 1 -- or not'",
    { q: 'select a from b where c = 1 -- or not' },
  ],
  ['stands in a comment', 'postgres', "/* GET /?q=it's -- so */ select 1", { q: "it's -- so" }],
  ['is a quoted name', 'postgres', 'select "a b; c" from t', { q: 'a b; c' }],
  [
    'reads like the text by chance',
    'postgres',
    "select 1 where b = 'data' and c = 'd'",
    { q: "a'", r: "' and" },
  ],
  ['is two words that go together', 'postgres', 'select a from t order by a', { q: 'order by' }],
  ['is quotes alone', 'postgres', `select "a" from t where b = 'c'`, { q: "'", r: '"', s: "''" }],
  [
    'is one of a browser',
    'mysql',
    'select a /* b */, c from t',
    { accept: 'text/html,*/*;q=0.8', any: '*/*' },
  ],
  ['is not in it', 'postgres', 'select 1 where a = $1', { q: "x' or '1'='1" }],
];

describe('an input that is refused', () => {
  it.each(attacks)('%s, on %s', (_, dialect, text, inputs) => {
    expect(decide(dialect, text, inputs)).toMatch(/^query/);
  });

  it('is one of two, where each does nothing alone', () => {
    const text = "select 1 where a = 'x'/*' and b = '*/ or 'a'='a'";
    expect(decide('postgres', text, { a: "x'/*", b: "*/ or 'a'='a" })).toBe('query.a');
    const bound = "select 1 where a = 'x''/*' and b = '*/ or ''a''=''a'";
    expect(decide('postgres', bound, { a: "x'/*", b: "*/ or 'a'='a" })).toBeUndefined();
  });

  it('is told by where it stood', () => {
    expect(decide('postgres', 'select 1 or 2', { a: { b: ['x', '1 or 2'] } })).toBe('query.a.b');
  });
});

describe('an input that passes', () => {
  it.each(ordinary)('%s, on %s', (_, dialect, text, inputs) => {
    expect(decide(dialect, text, inputs)).toBeUndefined();
  });

  it('reads like a statement that was sent without it', () => {
    const text = 'select 1 from t where a = 1 and b like $1';
    expect(decide('postgres', text, { q: 'a = 1' })).toBe('query.q');
    expect(decide('postgres', text, { q: 'a = 1' }, { values: [] })).toBeUndefined();
    const quoted = "select 1 from t where a = 'b' or c = 'd'";
    const q = "b' or c = 'd";
    expect(decide('postgres', quoted, { q }, { values: [] })).toBe('query.q');
  });
});

describe('the work', () => {
  it('is bounded, and what would be more is refused', () => {
    const words = Array.from({ length: 2000 }, (_, i) => `${i}'a${'b'.repeat(40)}`);
    const text = `select ${words.map((word) => `'${word.replaceAll("'", "''")}'`).join(', ')}`;
    expect(text.length).toBeGreaterThan(90_000);
    expect(decide('postgres', text, words)).toBeUndefined();
    const same = alike(9000);
    expect(decide('postgres', `select '${alike(1600).join('')}'`, same)).toBe('sql/inspection-too-large');
    expect(decide('postgres', `select '${'c'.repeat(100_000)}'`, same)).toBeUndefined();
  });
});
