import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import type { DialectName } from './dialect-name.ts';
import { type Lexed, readTemplate } from './read-template.ts';

/** The template in which `~` is a hole. */
function read(dialect: DialectName, text: string): Lexed {
  return readTemplate(text.replaceAll('~', '\0'), dialect);
}

const postgres: readonly (readonly [string, string, string])[] = [
  ['a literal', "select '~'", 'sql/hole-in-literal'],
  ['a pattern', "select 1 where a like '%~%'", 'sql/hole-in-literal'],
  ['a literal with a doubled quote', "select 'it''s ~'", 'sql/hole-in-literal'],
  ['an escape literal', "select E'\\'~'", 'sql/hole-in-literal'],
  ['an escape literal, behind a backslash', "select E'\\~'", 'sql/hole-in-literal'],
  ['a continued escape literal', "select E'a'\n'\\' ~'", 'sql/hole-in-literal'],
  ['one continued behind a comment', "select E'a' -- it\n  '\\' ~'", 'sql/hole-in-literal'],
  ['a literal behind dollar quotes and a line break', "select E'a'$$b$$\n'\\' ~'", 'sql/ambiguous-text'],
  ['a bit literal', "select B'~'", 'sql/hole-in-literal'],
  ['a unicode literal', "select U&'~'", 'sql/hole-in-literal'],
  ['a unicode name', 'select U&"~"', 'sql/hole-in-identifier'],
  ['dollar quotes', 'select $$ ~ $$', 'sql/hole-in-literal'],
  ['dollar quotes with a tag', 'select $a$ $$ ~ $a$', 'sql/hole-in-literal'],
  ['dollar quotes behind a number', 'select 1$$ ~ $$', 'sql/hole-in-literal'],
  ['a line comment', 'select 1 -- ~', 'sql/hole-in-comment'],
  ['a comment between continued literals', "select E'a' -- ~\n 'b', ~::text", 'sql/hole-in-comment'],
  ['a second comment between them', "select E'a' -- a\n-- ~\n 'b', ~", 'sql/hole-in-comment'],
  ['a comment', 'select /* ~ */ 1', 'sql/hole-in-comment'],
  ['a nested comment', 'select /* /* */ ~ */ 1', 'sql/hole-in-comment'],
  ['a comment behind an operator', 'select 1 +/* ~ */ 1', 'sql/hole-in-comment'],
  ['a quoted name', 'select "~"', 'sql/hole-in-identifier'],
  ['a quoted name with a quote', 'select "a""~"', 'sql/hole-in-identifier'],
  ['a word in front', 'select log_~', 'sql/glued-hole'],
  ['a word behind', 'select ~a', 'sql/glued-hole'],
  ['a digit behind', 'select ~2', 'sql/glued-hole'],
  ['a dollar in front', 'select $~', 'sql/glued-hole'],
  ['a dollar behind', 'select ~$$x$$', 'sql/glued-hole'],
  ['a letter that is not ASCII', 'select \u00e9~', 'sql/glued-hole'],
  ['the letter of an escape literal', 'select E~', 'sql/glued-hole'],
  ['two semicolons', 'select ~;;', 'sql/several-statements'],
  ['two statements', 'select 1; select ~', 'sql/several-statements'],
  ['a placeholder', 'select $1, ~', 'sql/own-placeholder'],
  ['an open literal', "select 'a", 'sql/unclosed-text'],
  ['an open literal that ends in two quotes', "select 'a''", 'sql/unclosed-text'],
  ['an open escape literal', "select E'a\\'", 'sql/unclosed-text'],
  ['an open name', 'select "a', 'sql/unclosed-text'],
  ['an open comment', 'select /* /* */ 1', 'sql/unclosed-text'],
  ['an open dollar quote', 'select $a$ x $b$', 'sql/unclosed-text'],
  ['a backslash before a quote', "select 'a\\', ~, '", 'sql/ambiguous-text'],
  ['three backslashes before a quote', "select 'a\\\\\\'", 'sql/ambiguous-text'],
  ['a backspace', "select '\bword'", 'sql/ambiguous-text'],
  ['half of a pair', "select '\ud83d'", 'sql/ambiguous-text'],
];

const mysql: readonly (readonly [string, string, string])[] = [
  ['a literal', "select '~'", 'sql/hole-in-literal'],
  ['a literal in double quotes', 'select "~"', 'sql/hole-in-literal'],
  ['a hex literal', "select x'~'", 'sql/hole-in-literal'],
  ['a literal of a character set', "select _gbk'~'", 'sql/hole-in-literal'],
  ['a backtick name', 'select `~`', 'sql/hole-in-identifier'],
  ['a backtick name with a backslash', 'select `\\`~`', 'sql/unclosed-text'],
  ['a name with a backtick', 'select `a``~`', 'sql/hole-in-identifier'],
  ['a hash comment', 'select 1 # ~', 'sql/hole-in-comment'],
  ['a dash comment', 'select 1 -- ~', 'sql/hole-in-comment'],
  ['a hole right behind two dashes', 'select 1 --~', 'sql/hole-in-comment'],
  ['a comment that a carriage return does not end', 'select 1 -- a\r ~', 'sql/hole-in-comment'],
  ['a comment', 'select /* ~ */ 1', 'sql/hole-in-comment'],
  ['a backslash before a quote', "select 'a\\', ~, '", 'sql/ambiguous-text'],
  ['a backslash before a double quote', 'select "a\\", ~, "', 'sql/ambiguous-text'],
  ['an executable comment', 'select /*!50000 1 */', 'sql/ambiguous-text'],
  ['one of MariaDB', 'select /*M! 1 */', 'sql/ambiguous-text'],
  ['one around a hole', 'select /*! ~ */ 1', 'sql/ambiguous-text'],
  ['a quote in an optimizer hint', 'select /*+ qb_name(`*/`) */ 1', 'sql/ambiguous-text'],
  ['a dollar quote of MySQL 9', 'select $$ it $$', 'sql/ambiguous-text'],
  ['a placeholder', 'select ?, ~', 'sql/own-placeholder'],
  ['two semicolons', 'select ~;;', 'sql/several-statements'],
  ['an open comment', 'select 1 /* a', 'sql/unclosed-text'],
  ['an open literal', "select 'a''", 'sql/unclosed-text'],
  ['an open name', 'select `a', 'sql/unclosed-text'],
  ['a word in front', 'select log_~', 'sql/glued-hole'],
  ['a dollar in front', 'select a$~', 'sql/glued-hole'],
  ['a digit behind', 'select ~2', 'sql/glued-hole'],
];

const sqlite: readonly (readonly [string, string, string])[] = [
  ['a literal', "select '~'", 'sql/hole-in-literal'],
  ['a blob', "select x'~'", 'sql/hole-in-literal'],
  ['a quoted name', 'select "~"', 'sql/hole-in-identifier'],
  ['a backtick name', 'select `~`', 'sql/hole-in-identifier'],
  ['a bracket name', 'select [a ~]', 'sql/hole-in-identifier'],
  ['a line comment', 'select 1 --~', 'sql/hole-in-comment'],
  ['a comment that a carriage return does not end', 'select 1 -- a\r ~', 'sql/hole-in-comment'],
  ['a comment that does not nest', 'select /* /* ~ */ 1', 'sql/hole-in-comment'],
  ['a comment that SQLite lets open', 'select 1 /* a', 'sql/unclosed-text'],
  ['an open literal behind a backslash', "select 'a\\', '", 'sql/unclosed-text'],
  ['an open bracket name', 'select [a', 'sql/unclosed-text'],
  ['a question mark', 'select ?, ~', 'sql/own-placeholder'],
  ['a number', 'select ?1, ~', 'sql/own-placeholder'],
  ['a colon name', 'select :a, ~', 'sql/own-placeholder'],
  ['an at name', 'select @a, ~', 'sql/own-placeholder'],
  ['a dollar name', "select $a::b(it's), ~", 'sql/own-placeholder'],
  ['two semicolons', 'select ~;;', 'sql/several-statements'],
  ['a digit behind', 'select ~1', 'sql/glued-hole'],
];

const accepted: readonly (readonly [DialectName, string, string])[] = [
  ['postgres', 'a literal beside a hole', "select 'it''s', ~, ''"],
  ['postgres', 'an escape literal', "select E'\\'', ~, E'a\\\\'"],
  ['postgres', 'a continued escape literal', "select E'a'\n'\\'', ~"],
  ['postgres', 'comments between continued literals', "select E'a' -- a\n-- b\n 'b', ~::text"],
  ['postgres', 'two escape literals', "select E'a', 'b\\\\', ~"],
  ['postgres', 'backslashes inside', "select 'a\\b\\\\', ~"],
  ['postgres', 'a word that ends in e', "select date '2026-01-01', ~"],
  ['postgres', 'a name with a dollar', 'select a$b, c$$d, ~'],
  ['postgres', 'dollar quotes', "select $$ it's; -- $$, $a$ $$ $b$ $a$, ~"],
  ['postgres', 'comments', 'select /* it\'s; /* "nested" */ */ ~ -- it\'s; "so"\n, ~ -- end'],
  ['postgres', 'a quoted name', 'select "it\'s; -- a ""name""", ~'],
  ['postgres', 'operators', 'select -~, @~, ~::text, ~%~, (~)[~], ~||~'],
  ['postgres', 'JSON operators', 'select a->>~, a ? ~, a @> ~, a #- ~ from t'],
  ['postgres', 'brackets', 'select any(array[~,~])'],
  ['postgres', 'colons', 'select a::int, b := ~'],
  ['postgres', 'a lone dollar in a literal', "select 'US$1', ~"],
  ['postgres', 'letters that are not ASCII', 'select gr\u00f6\u00dfe, ~ from stra\u00dfe'],
  ['postgres', 'an emoji', "select '\ud83d\udc4d', ~"],
  ['postgres', 'line breaks and tabs', 'select\n\t1,\r\n~'],
  ['postgres', 'holes side by side', 'select a ~~'],
  ['mysql', 'a literal beside a hole', "select 'it''s \"so\"', ~, ''"],
  ['mysql', 'a literal in double quotes', 'select "it\'s ""so""", ~'],
  ['mysql', 'backslashes that move no end', "select 'a\\b\\\\', '\\%', '\\\"', ~"],
  ['mysql', 'a backtick name with a backslash', 'select `a\\`, ~'],
  ['mysql', 'two minus signs', 'select 1--1, ~ --@1'],
  ['mysql', 'comments', "select /* it's */ ~ -- it's\n, ~ # \"so"],
  ['mysql', 'a plain optimizer hint', 'select /*+ max_execution_time(1000) */ ~'],
  ['mysql', 'user variables', 'select @a := ~, @`b`, @@global.c, ~'],
  ['mysql', 'an introducer', "select _utf8mb4'a' collate utf8mb4_bin, _gbk'b', n'c', x'41', ~"],
  ['mysql', 'a date escape', "select {ts '2026-01-01 00:00:00'}, ~"],
  ['mysql', 'a question mark in text', "select 'what?', `?`, ~ -- ?"],
  ['mysql', 'words with digits', 'select 2nd, a$b, 1e5, 0x41, ~'],
  ['mysql', 'an arrow', "select a->'$.b', a->>'$.c', ~"],
  ['sqlite', 'a literal that ends in a backslash', "select 'a\\', ~"],
  ['sqlite', 'names', 'select "it\'s", `so`, [a \'b\' "c"], ~'],
  ['sqlite', 'comments', "select /* it's /* */ ~ -- so '\n, ~"],
  ['sqlite', 'a blob', "select x'41', ~"],
  ['sqlite', 'a question mark in text', "select 'what?', [:a], ~ -- ?"],
  ['sqlite', 'an arrow', "select a->'$.b', a->>'$.c', ~"],
];

describe('a template', () => {
  describe.each([
    ['postgres', postgres],
    ['mysql', mysql],
    ['sqlite', sqlite],
  ] as const)('for %s', (dialect, refused) => {
    it.each(refused)('is a mistake with %s', (_, text, code) => {
      expect(() => read(dialect, text)).toThrow(expect.objectContaining({ name: 'Misuse', code }));
    });
  });

  it.each(accepted)('for %s is accepted with %s', (dialect, _, text) => {
    expect(read(dialect, text).places).toHaveLength(text.split('~').length - 1);
  });

  it('says what to write instead of a backslash in front of a quote', () => {
    expect(() => read('mysql', "select 'it\\'s'")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('two quotes') }),
    );
    expect(() => read('postgres', "select 'it\\'s'")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("E'...'") }),
    );
  });

  it('is shown with the line, a caret and the fix', () => {
    let message = '';
    try {
      read('postgres', "\n      select id from users\n      where active and name like '%~%'");
    } catch (error) {
      expect(error).toBeInstanceOf(Misuse);
      message = (error as Misuse).message;
    }
    expect(message).toBe(
      [
        'A hole is inside a literal, where a placeholder would be text. Line 3, column 36:',
        '',
        `        where active and name like '%\${...}%'`,
        '                                     ^',
      ].join('\n'),
    );
  });

  it.each(['postgres', 'mysql', 'sqlite'] as const)(
    'for %s is read in time that grows with its length',
    (dialect) => {
      const long = [
        `select '${"\\\\''".repeat(200_000)}'`,
        `select ${'/* '.repeat(200_000)}${'*/ '.repeat(200_000)} 1`,
        `select ${'/* a */ -- b\n'.repeat(100_000)} ~`,
        `select ${"'a', ".repeat(200_000)} ~`,
        `select ${'~, '.repeat(100_000)} ~`,
        `select ${'("a" - '.repeat(100_000)} ~`,
        `select ${"'a'\n".repeat(100_000)} ~`,
      ];
      if (dialect === 'postgres') long.push(`select ${"$$it's$$, ".repeat(200_000)} ~`);
      for (const text of long) expect(read(dialect, text).blank).toBe(false);
    },
  );
});

describe('a hole in the literal of an interval', () => {
  it.each<[DialectName, string, string]>([
    ['postgres', "select now() - interval '~ days'", '`make_interval(days => $'],
    ['postgres', "select now() - INTERVAL '~ hour'", "* interval '1 hour'`"],
    ['postgres', "select '~ minutes'::interval", '`make_interval(mins => $'],
    ['postgres', "select interval '~'", '`make_interval(days => $'],
    ['mysql', "select now() - interval '~' day", '{n} day`'],
  ])('has a hint of its own on %s: %s', (dialect, text, hint) => {
    const misuse = { code: 'sql/hole-in-literal', hint: expect.stringContaining(hint) };
    expect(() => read(dialect, text)).toThrow(expect.objectContaining(misuse));
  });

  it('has not where the literal is none', () => {
    expect(() => read('postgres', "select '~ days'")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('contains(...)') }),
    );
    expect(read('postgres', 'select make_interval(days => ~)').places).toEqual(['value']);
  });
});

describe('a semicolon at the end', () => {
  it.each(['postgres', 'mysql', 'sqlite'] as const)('on %s: ends the statement', (dialect) => {
    for (const end of [';', ' ; ', ';\n-- the end\n', ';/* the end */', '; -- the end']) {
      expect(read(dialect, `select ~${end}`)).toMatchObject({ end: `select ~${end}`.indexOf(';') });
    }
    for (const more of ['; select 1', '; ~', ';;', '; /* a */ ;', "; ''", '; x']) {
      expect(() => read(dialect, `select ~${more}`), more).toThrow(
        expect.objectContaining({ code: 'sql/several-statements' }),
      );
    }
    expect(read(dialect, "select ~, ';' /* ; */")).toMatchObject({ end: undefined });
  });
});

describe('the holes of a template', () => {
  it.each([
    ['postgres', 'select * from ~ where a = ~', 'table value'],
    ['postgres', 'select extract(year from ~), a is distinct from ~', 'value value'],
    ['postgres', 'select 1 order by ~, a <-> ~, ~ desc limit ~', 'column value column value'],
    ['postgres', 'select 1 order by ~ <-> a, (b, ~), ~', 'value value column'],
    ['postgres', 'select row_number() over (partition by ~ order by a) , ~', 'column value'],
    ['postgres', 'select 1 where a in ~ and position(a in ~) > 0', 'list value'],
    ['postgres', 'insert into ~ (a) values (~) returning ~', 'table value value'],
    ['postgres', 'select insert ~', 'value'],
    ['mysql', 'replace into ~ set a = ~', 'table value'],
    ['mysql', 'replace ~ set a = ~', 'table value'],
    ['mysql', 'insert ignore into ~ set a = ~', 'table value'],
    ['mysql', 'insert ignore ~ set a = ~', 'table value'],
    ['mysql', "select replace(~, 'a', ~), insert(a, ~, 1, 'b')", 'value value value'],
    ['mysql', 'update low_priority ~ set a = ~ where b in ~', 'table value list'],
    ['mysql', 'select 1 from a straight_join ~ order by ~ desc limit ~, ~', 'table column value value'],
    [
      'mysql',
      "select group_concat(a order by ~ separator ',') from t group by ~ with rollup",
      'column column',
    ],
    ['mysql', 'select substr(a from ~ for ~)', 'value value'],
    ['sqlite', 'vacuum into ~', 'value'],
    ['sqlite', '/* a copy */ VACUUM main INTO ~', 'value'],
    ['sqlite', 'insert into ~ select vacuum from ~', 'table table'],
    ['sqlite', 'insert or replace into ~ values (~)', 'table value'],
    ['sqlite', 'update or ignore ~ set a = ~', 'table value'],
    ['sqlite', 'select 1 from a where b in ~ order by ~ limit ~ offset ~', 'list column value value'],
  ] as const)('on %s: %s', (dialect, text, places) => {
    expect(read(dialect, text).places.join(' ')).toBe(places);
  });

  it.each(['postgres', 'mysql', 'sqlite'] as const)(
    'on %s: one in front of ESCAPE, a last comment, nothing at all',
    (dialect) => {
      expect(read(dialect, "select ~, a like ~ /* so */ escape '!' , ~").beforeEscape).toEqual([1]);
      expect(read(dialect, 'select 1 -- a')).toMatchObject({ endsInComment: true, blank: false });
      expect(read(dialect, 'select 1 -- a\n')).toMatchObject({ endsInComment: false, blank: false });
      expect(read(dialect, 'select 1 /* a */').endsInComment).toBe(false);
      expect(read(dialect, ' ~ /* a */\n-- b')).toMatchObject({ endsInComment: true, blank: true });
    },
  );
});
