import { describe, expect, it } from 'vitest';
import { Misuse } from '../refusal/misuse.ts';
import { isSql, sql } from './index.ts';

const v = 1;

describe('a template', () => {
  it.each([
    ['a literal', () => sql`select '${v}'`, 'sql/hole-in-literal'],
    ['a pattern', () => sql`select 1 where a like '%${v}%'`, 'sql/hole-in-literal'],
    ['a literal with a doubled quote', () => sql`select 'it''s ${v}'`, 'sql/hole-in-literal'],
    ['an escape literal', () => sql`select E'\\'${v}'`, 'sql/hole-in-literal'],
    ['an escape literal, behind a backslash', () => sql`select E'\\${v}'`, 'sql/hole-in-literal'],
    ['a continued escape literal', () => sql`select E'a'\n'\\' ${v}'`, 'sql/hole-in-literal'],
    ['one continued behind a comment', () => sql`select E'a' -- it\n  '\\' ${v}'`, 'sql/hole-in-literal'],
    ['a bit literal', () => sql`select B'${v}'`, 'sql/hole-in-literal'],
    ['a unicode literal', () => sql`select U&'${v}'`, 'sql/hole-in-literal'],
    ['dollar quotes', () => sql`select $$ ${v} $$`, 'sql/hole-in-literal'],
    ['dollar quotes with a tag', () => sql`select $a$ $$ ${v} $a$`, 'sql/hole-in-literal'],
    ['dollar quotes behind a number', () => sql`select 1$$ ${v} $$`, 'sql/hole-in-literal'],
    ['a line comment', () => sql`select 1 -- ${v}`, 'sql/hole-in-comment'],
    [
      'a comment between continued literals',
      () => sql`select E'a' -- ${v}\n 'b', ${v}::text`,
      'sql/hole-in-comment',
    ],
    [
      'a second comment between them',
      () => sql`select E'a' -- a\n-- ${v}\n 'b', ${v}`,
      'sql/hole-in-comment',
    ],
    ['a comment', () => sql`select /* ${v} */ 1`, 'sql/hole-in-comment'],
    ['a nested comment', () => sql`select /* /* */ ${v} */ 1`, 'sql/hole-in-comment'],
    ['a comment behind an operator', () => sql`select 1 +/* ${v} */ 1`, 'sql/hole-in-comment'],
    ['a quoted name', () => sql`select "${v}"`, 'sql/hole-in-identifier'],
    ['a quoted name with a quote', () => sql`select "a""${v}"`, 'sql/hole-in-identifier'],
    ['a word in front', () => sql`select log_${v}`, 'sql/glued-hole'],
    ['a word behind', () => sql`select ${v}a`, 'sql/glued-hole'],
    ['a digit behind', () => sql`select ${v}2`, 'sql/glued-hole'],
    ['a dollar in front', () => sql`select $${v}`, 'sql/glued-hole'],
    ['a dollar behind', () => sql`select ${v}$$x$$`, 'sql/glued-hole'],
    ['a letter that is not ASCII', () => sql`select \u00e9${v}`, 'sql/glued-hole'],
    ['the letter of an escape literal', () => sql`select E${v}`, 'sql/glued-hole'],
    ['a semicolon', () => sql`select ${v};`, 'sql/several-statements'],
    ['two statements', () => sql`select 1; select ${v}`, 'sql/several-statements'],
    ['a placeholder', () => sql`select $1, ${v}`, 'sql/own-placeholder'],
    ['an open literal', () => sql`select 'a`, 'sql/unclosed-text'],
    ['an open literal that ends in two quotes', () => sql`select 'a''`, 'sql/unclosed-text'],
    ['an open escape literal', () => sql`select E'a\\'`, 'sql/unclosed-text'],
    ['an open name', () => sql`select "a`, 'sql/unclosed-text'],
    ['an open comment', () => sql`select /* /* */ 1`, 'sql/unclosed-text'],
    ['an open dollar quote', () => sql`select $a$ x $b$`, 'sql/unclosed-text'],
    ['a backslash before a quote', () => sql`select 'a\\', ${v}, '`, 'sql/ambiguous-text'],
    ['three backslashes before a quote', () => sql`select 'a\\\\\\'`, 'sql/ambiguous-text'],
    ['a backslash that JavaScript drops', () => sql`select '^\d+'`, 'sql/ambiguous-text'],
    ['a backspace', () => sql`select '\bword'`, 'sql/ambiguous-text'],
    ['a NUL', () => sql`select '\0'`, 'sql/ambiguous-text'],
    ['half of a pair', () => sql`select '\ud83d'`, 'sql/ambiguous-text'],
    ['a malformed escape', () => sql`select '\u{}'`, 'sql/ambiguous-text'],
  ])('is a mistake with %s', (_, write, code) => {
    expect(write).toThrow(expect.objectContaining({ name: 'Misuse', code }));
  });

  it.each([
    ['a literal beside a hole', () => sql`select 'it''s', ${v}, ''`],
    ['an escape literal', () => sql`select E'\\'', ${v}, E'a\\\\'`],
    ['a continued escape literal', () => sql`select E'a'\n'\\'', ${v}`],
    ['comments between continued literals', () => sql`select E'a' -- a\n-- b\n 'b', ${v}::text`],
    ['two escape literals', () => sql`select E'a', 'b\\\\', ${v}`],
    ['backslashes inside', () => sql`select 'a\\b\\\\', ${v}`],
    ['a word that ends in e', () => sql`select date '2026-01-01', ${v}`],
    ['a name with a dollar', () => sql`select a$b, c$$d, ${v}`],
    ['dollar quotes', () => sql`select $$ it's; -- $$, $a$ $$ $b$ $a$, ${v}`],
    ['comments', () => sql`select /* it's; /* "nested" */ */ ${v} -- it's; "so"\n, ${v} -- end`],
    ['a quoted name', () => sql`select "it's; -- a ""name""", ${v}`],
    ['operators', () => sql`select -${v}, @${v}, ${v}::text, ${v}%${v}, (${v})[${v}], ${v}||${v}`],
    ['JSON operators', () => sql`select a->>${v}, a ? ${v}, a @> ${v}, a #- ${v} from t`],
    ['brackets', () => sql`select any(array[${v},${v}])`],
    ['a question mark and colons', () => sql`select a::int, b := ${v}`],
    ['a lone dollar in a literal', () => sql`select 'US$1', ${v}`],
    ['letters that are not ASCII', () => sql`select gr\u00f6\u00dfe, ${v} from stra\u00dfe`],
    ['an emoji', () => sql`select '\ud83d\udc4d', ${v}`],
    ['line breaks and tabs', () => sql`select\n\t1,\r\n${v}`],
    ['escapes that JavaScript knows', () => sql`select '\x41\u0041\\d\t', ${v}`],
    ['holes side by side', () => sql`select a ${sql``}${sql``}`],
  ])('is accepted with %s', (_, write) => {
    expect(isSql(write())).toBe(true);
  });

  it('is shown with the line, a caret and the fix', () => {
    const write = () => sql`
      select id from users
      where active and name like '%${v}%'`;
    expect(write).toThrow(Misuse);
    expect(messageOf(write)).toBe(
      [
        'A hole stands inside a literal, where a placeholder would be text. Line 3, column 36:',
        '',
        `        where active and name like '%\${...}%'`,
        '                                     ^',
      ].join('\n'),
    );
  });

  it('is read in time that grows with its length', () => {
    const long = [
      `select '${"\\\\''".repeat(200_000)}'`,
      `select ${"$$it's$$, ".repeat(200_000)} 1`,
      `select ${'/* '.repeat(200_000)}${'*/ '.repeat(200_000)} 1`,
    ];
    for (const text of long) {
      const strings = Object.freeze(Object.defineProperty([text], 'raw', { value: Object.freeze(['']) }));
      expect(isSql((sql as unknown as (strings: unknown) => unknown)(strings))).toBe(true);
    }
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
