import { fill } from '../fill.ts';
import type { Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';
import { dialectsOf, type PlaceRow, placeDrafts } from './rows.ts';

const comments: readonly PlaceRow[] = [
  [
    'pms',
    '/* user: {v} */ select * from users where active = 1',
    'bob',
    [
      '*/ delete from users; /*',
      '*/ select 1 union /*',
      'x */ drop table users; -- ',
      '*/ with a as (select 1) /*',
      '*/select 1;/*',
    ],
  ],
  [
    'pms',
    'select * from users -- by {v}\nwhere active = 1',
    'bob',
    ['x\n; drop table users; select 1 as a from b -- ', 'x\nwhere 1=0 union select * from admins', 'x\n u'],
  ],
  [
    'm',
    'select * from users # by {v}\nwhere active = 1',
    'bob',
    ['x\nwhere 1=0 union select * from admins', 'x\n; delete from users #', 'x\n u'],
  ],
  [
    'p',
    'select * from users -- by {v}\nwhere active = 1',
    'bob',
    ['x\rwhere 1=0 union select * from admins', 'x\r u'],
  ],
  [
    'p',
    '/* a /* {v} */ b */ select 1',
    'bob',
    ['*/*/ select 2 union /* /*', '*/ */ select 3; /* /*', '*/*/ drop table users; /*/*'],
  ],
];

/** White space, letter case and spelling; the `{v}` of a literal or a number. */
const spelling: readonly PlaceRow[] = [
  [
    'pms',
    "select * from users where name = '{v}'",
    'alice',
    [
      "'or'1'='1",
      "'OR'1'='1",
      "'oR(1=1)or'",
      "'\tor\t'1'='1",
      "'\nor\n'1'='1",
      "'\r\nor\r\n'1'='1",
      "'\for\f'1'='1",
      "'/**/or/**/'1'='1",
      "'/*a*/or/*b*/'1'='1",
      "'or/**/1=1-- ",
      "' or\n1=1 -- x",
      "' or -1=-1 -- ",
      "' or +1=+1 -- ",
      "' or 1.0=1.0 -- ",
      "' or .1=.1 -- ",
      "' or 1e0=1e0 -- ",
      "' or((((1=1))))-- ",
      "'UnIoN SeLeCt 1,2 -- ",
      "'union/**/select/**/1,2 -- ",
      "'union\nselect\n1,2 -- ",
      "' --\nor 1=1 -- ",
      "' /* ' */ or 1=1 -- ",
      "' or 'x'='x' /* ' */ -- ",
      "'  or  not  'a'='b",
      "' or 'a' in ('a') -- ",
      "'-- x\nor-- y\n'1'='1",
      "' or 1=1 or ' '='",
    ],
  ],
  [
    'p',
    "select * from users where name = '{v}'",
    'alice',
    [
      "'or/*/**/*/'1'='1",
      "'/* /* */ */or true--",
      "' or\v1=1--",
      "'or true--",
      "' or 1=1--\u00e9",
      '\' or U&"\\006eame" = name --',
      '\' or "name"="name"--',
      "' or name=name::text--",
      "'or name=all(array[name])--",
      "' or 0x1=1--",
      "' or 0b1=1--",
      "' or 1_0=10--",
      "'or name!=all('{}')--",
    ],
  ],
  [
    'm',
    "select * from users where name = '{v}'",
    'alice',
    [
      "'/*!or*/'1'='1",
      "'/*!50000or*/'1'='1",
      "'/*!50000 or 1=1*/#",
      "'/*M!100100 or 1=1*/#",
      "'/*!or 1*//*!=1*/#",
      "'||1#",
      "'or!0#",
      "'or~0#",
      "'or-~1#",
      "'or(1)rlike(1)#",
      "'or{d'2026-01-01'}#",
      "'or@@port#",
      "'or pi()#",
      "'or\v1#",
      "'xor'0",
      "'or true is true#",
      "'or 1 regexp 1#",
      "' or 1=1#\u00e9",
      "' or `name`=`name`#",
      "'or name is not null#",
      "'/*!00000or*/1#",
      "'/*!50000union*//*!50000select*/1,2#",
      "'/*!99999 and */or 1#",
      "'or 1.=1#",
      "'union select 1.,2#",
      "'&&0 union select 1,2#",
      "'or 1<>2#",
      "' or 1 sounds like 1#",
    ],
  ],
  [
    's',
    "select * from users where name = '{v}'",
    'alice',
    [
      "'or 1/*",
      "'or 1 is not 2--",
      "'or[name]=[name]--",
      '\'or"name"="name"--',
      "'or`name`=`name`--",
      "'or 0x1=1--",
      "'or 1 isnull or 1--",
      "'or+1--",
      "'or~0--",
      "'or 1 not null--",
      "'or(1,2)=(1,2)--",
      "'or 1 is true--",
      "'||'' or 1--",
      "'or 1==1--",
      "'or 1 not in()--",
      "' or 1=1--\u00e9",
    ],
  ],
  [
    'pms',
    'select * from users where id = {v}',
    '7',
    [
      '7\tor\t1=1',
      '7\nor\n1=1',
      '7/**/or/**/1=1',
      '7 or(1=1)',
      '(7)or(1)=(1)',
      '7 or/*x*/1=1',
      '7-0',
      '7+0',
      '7*1',
      '7 % 5',
      '(select 7)',
      '(select(7))',
      'coalesce(7,1)',
      'case when 1=1 then 7 else 8 end',
      'null or 1=1',
      '7 -- x',
      '7/**/',
      '7 /* x */',
      '7 or not false',
      "7 or 'a'='a'",
      'abs(7)',
      '7 or exists(select 1)',
      '7\r\nor 1=1',
      "'7' or 1=1",
    ],
  ],
  [
    'ms',
    'select * from users where id = {v}',
    '7',
    [
      '7 or 1',
      '7 and 1',
      '7 is not null',
      '7 in (7)',
      '7 between 1 and 9',
      '7 = 7',
      '7 > 1 or 2 < 3',
      '7 or 1 like 1',
      '7 or 0x1',
      '7|1',
      '7&7',
      '7<<1',
    ],
  ],
  [
    'm',
    'select * from users where id = {v}',
    '7',
    [
      '7||1',
      '7&&1',
      '7 xor 0',
      '7e0or 1',
      '7e0union select 1,2',
      '7.union select 1,2',
      '7.0or 1',
      '7/*!or 1*/',
      '7/*!50000or*/1',
      '7 div 1',
      '7 mod 5',
      '!7',
      '~7',
      '7^1',
      '7 rlike 7',
      '7 or sleep(5)',
      '7-sleep(5)',
      'if(1=1,7,8)',
      '7<=>7',
      '7 union select-1,2',
      '7 union(select 1,2)',
      '7 union all select@a,2',
      'binary 7',
      '7 sounds like 7',
      'elt(1,7)',
      '7 or 1 procedure analyse()',
      '\\N or 1',
      '7 and(select*from(select(sleep(5)))a)',
      '7 or{x 1}',
      '.7e1or 1',
      '7 limit 1',
      '7 for update',
      '7 group by id with rollup',
      '7 order by 1',
    ],
  ],
  [
    'p',
    'select * from users where id = {v}',
    '7',
    [
      '7::int',
      '7::text::int',
      '7 or true',
      '7 or 1=1--',
      '7 or $$a$$=$$a$$',
      'any(array[7])',
      'all(array[7])',
      'any((select id from users))',
      '7 or name ~ $$a$$',
      '@7',
      '|/49',
      'cast(7 as int)',
      'greatest(7,1)',
      '7 or(select true)',
      '7 for update',
      '7 limit 1',
      '7 or row(1,2)=row(1,2)',
      '7 or (1,2)=(1,2)',
      "7 or '{}'='{}'",
      "int '7'",
      "'7'::int",
      '7 or 1 is distinct from 2',
      '7 or exists(table users)',
      '7 or 7 operator(pg_catalog.=) 7',
    ],
  ],
  [
    's',
    'select * from users where id = {v}',
    '7',
    [
      '7 or 1--',
      '7||1',
      '7 notnull',
      '7 is not 8',
      '7 or iif(1,1,0)',
      'cast(7 as int)',
      '7 glob 7',
      '~-8',
      '7 collate binary',
      '7 union values(1,2)',
      '7 limit 1',
      '7 or (1,2)=(1,2)',
      '+7',
      '7 or 1 in()',
      '7==7',
      '7 or rowid',
      'max(7,1)',
    ],
  ],
];

/** What libinjection's trackers report as passed, at places where it is SQL. */
const libinjection: readonly PlaceRow[] = [
  [
    'm',
    'select * from users where id = {v}',
    '7',
    [
      '1 RLIKE (SELECT * FROM (SELECT(SLEEP(5)))FsPL)',
      '1 AND EXP(~(SELECT * FROM (SELECT VERSION())x))',
      '1 PROCEDURE ANALYSE(EXTRACTVALUE(1,1),1)',
      '1-sleep(5)',
      '1 or 1<@x union select 1,version()',
      '1 or !@x<@x union select 1,version()',
      '1 or (1) or 1=1#',
      '1 or (@x) or 1=1#',
      '1 or 1%@x or 1=1#',
      "1 or '(' or 1=1#",
      "1 or ')' or 1=1#",
      '1 + 1<@x or 1=1#',
      '1 or @x<@x or 1=1#',
      '1 and json_keys((select convert((select concat(0x71,version())) using utf8)))',
      '1;show warnings;set @q=0x31;prepare s from @q;execute s',
    ],
  ],
  [
    'm',
    "select * from users where (id = '{v}')",
    '7',
    [
      "0'); set @q=0x53454c454354; prepare stmt from @q; execute stmt;#",
      "0'); show warnings; set @q=0x53; prepare stmt from @q; execute stmt;#",
      "1') into outfile '/tmp/xxx'#",
      "1') OR (SELECT password FROM users limit 1)#",
      "1'-sqlite_version())#",
    ],
  ],
  [
    's',
    "select * from users where name = '{v}'",
    'a',
    ["'-sqlite_version() UNION SELECT password FROM users-- -"],
  ],
  ['pms', "select * from users where name = '{v}'", 'a', ["' OR 1=1;-- '", "' or 1=1 and 'b' > 'a"]],
  ['ms', 'select {v} from test', 'a', ['-id-1']],
];

const knex: readonly PlaceRow[] = [
  [
    'p',
    'select "users".* from "users" order by "{v}" asc',
    'name',
    ['name" desc, "id', 'name" limit (select 1) -- ', 'x" = (select 1) or "y'],
  ],
  [
    'm',
    'select `users`.* from `users` order by `{v}` asc',
    'name',
    ['name` desc, `id', 'x` = sleep(5) or `y', 'name` limit 1 -- '],
  ],
  [
    'pms',
    'select * from users where id {v} 5',
    '>',
    ['= 5 or 1 =', '> 0 or id <', 'in (1) or id =', 'is not null or id =', '= (select 1) or id >'],
  ],
];

const drizzle: readonly PlaceRow[] = [
  [
    'ps',
    'select "id", "name" as "{v}" from "users"',
    'label',
    [
      'a", (select "password" from "admins" limit 1) as "b',
      'a" from "admins" -- ',
      'a", "password" as "b',
      'x" from "users" union select 1, "secret" as "y',
      'a", 1 as "b',
    ],
  ],
  [
    'm',
    'select `id`, `name` as `{v}` from `users`',
    'label',
    [
      'a`, (select `password` from `admins` limit 1) as `b',
      'a` from `admins` -- ',
      'a`, `password` as `b',
      'a` from `users` union select 1, `secret` as `y',
    ],
  ],
  [
    'ps',
    'select * from "users" order by "{v}"',
    'id',
    ['id" desc, (select 1) -- ', 'id", (case when (1=1) then 1 else 2 end), "name', 'id" limit 1 -- '],
  ],
  [
    'm',
    'select * from `users` order by `{v}`',
    'id',
    ['id` desc, (select 1) -- ', 'id`, sleep(5), `name', 'id` limit 1 #'],
  ],
];

const sequelize: readonly PlaceRow[] = [
  [
    'p',
    `SELECT "id" FROM "Users" AS "User" WHERE CAST(("User"."meta"#>>'{role}') AS {v}) = 'admin'`,
    'text',
    [
      "text) = 'a' or 1=1 -- ",
      "text) is not null or ('a'",
      "text) = 'x' union select password from users -- ",
      'int) > 0 -- ',
      "text) <> '' or cast(1 as text",
    ],
  ],
  [
    's',
    "SELECT `id` FROM `Users` AS `User` WHERE CAST(json_extract(`User`.`meta`,'$.role') AS {v}) = 'admin'",
    'text',
    [
      "text) = 'a' or 1=1 -- ",
      "text) or 1=1 or ('a'",
      'text) union select sql from sqlite_master -- ',
      'integer) > 0 or (1',
      'text) or exists(select 1 from users) or (1',
    ],
  ],
  [
    'm',
    "SELECT `id` FROM `Users` AS `User` WHERE CAST(json_unquote(json_extract(`User`.`meta`,'$.role')) AS {v}) = 'admin'",
    'char',
    [
      "char) = 'a' or 1=1 -- ",
      'char) or sleep(5) or (1',
      'signed) union select password from users -- ',
      'signed) > 0 #',
    ],
  ],
];

const kysely: readonly PlaceRow[] = [
  [
    'ms',
    "select json_extract(data, '$.{v}') as x from person",
    'nick',
    [
      "nick') as x from person union select password from admins -- ",
      "a') as a, (select password from admins limit 1) as b, ('c",
      "a') from person where 1=1 -- ",
      "a'), json_extract(data, '$.b",
    ],
  ],
  [
    's',
    `select "data"->>'$.{v}' as "x" from "person"`,
    'nick',
    [
      `a' as "a", (select 1) as "b", '`,
      `a' as "x" from "admins" -- `,
      `' || (select "password" from "admins") || '`,
      `a' as "x" from "person" union select 'b`,
    ],
  ],
  [
    'p',
    `select "data"->>'{v}' as "x" from "person"`,
    'nick',
    [
      `a' as "a", (select 1) as "b", '`,
      `a' as "x" from "admins" -- `,
      `' || (select "password" from "admins") || '`,
      `a' as "x" from "person" union select 'b`,
    ],
  ],
];

function* transposed(): Generator<Draft> {
  for (const draft of placeDrafts(sequelize, 'the cast of a JSON key', 'CVE-2026-30951')) {
    // The request holds `key::type`, and the library splits it.
    const type = draft.inputs[0] as string;
    yield { ...draft, inputs: [`meta.role::${type}`, 'admin'] };
  }
}

const objects: readonly (readonly [
  source: string,
  text: string,
  values: readonly unknown[],
  inputs: readonly string[],
])[] = [
  ['CVE-2016-20018', 'select * from `users` where `secret` = ? limit ?', [{ id: 1 }, 1], ['1']],
  [
    'CVE-2016-20018',
    'select * from `users` where `name` = ? and `secret` = ?',
    ['bob', { secret: 1 }],
    ['bob', '1'],
  ],
  ['CVE-2016-20018', 'select * from `users` where `token` = ?', [{ token: { token: 1 } }], ['1']],
  [
    'CVE-2025-60542',
    'UPDATE `user` SET `city` = ?, `name` = ? WHERE `id` IN (?)',
    [{ name: 'eve', role: 'admin' }, 'a', 7],
    ['eve', 'admin', 'a', '7'],
  ],
  ['CVE-2025-60542', 'UPDATE `user` SET `bio` = ? WHERE `id` = ?', [{ role: 'admin' }, 1], ['admin', '1']],
  [
    'mysqljs/mysql',
    'select * from accounts where username = ? and password = ?',
    ['admin', { password: 1 }],
    ['admin', '1'],
  ],
  [
    'mysqljs/mysql',
    'select * from accounts where username = ? and password = ?',
    [{ username: 1 }, { password: 1 }],
    ['1'],
  ],
  ['mysqljs/mysql', 'delete from sessions where token = ?', [{ token: 1 }], ['1']],
  ['mysqljs/mysql', 'update users set name = ? where id = 1', [{ role: 'admin' }], ['admin']],
];

function* bound(): Generator<Draft> {
  for (const [source, text, values, inputs] of objects) {
    yield {
      dialect: 'mysql',
      text,
      twin: text,
      values,
      inputs,
      note: 'an object is bound where a string was meant',
      source,
    };
  }
  for (const value of [{ $ne: null }, { toSqlString: 'x' }, { a: 1 }, {}]) {
    for (const dialect of dialectsOf('pms')) {
      const text =
        dialect === 'postgres' ? 'select * from users where name = $1' : 'select * from users where name = ?';
      yield {
        dialect,
        text,
        twin: text,
        values: [value],
        inputs: ['x', '1'],
        note: 'an object of the request body is bound',
      };
    }
  }
}

/** Values that a scanner sends first, to see an error. */
function* probes(): Generator<Draft> {
  const sites: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "select * from users where name = '{v}'",
      'a',
      ["'", "a'", "''a'", "a'b", "')", "'))", "';", "'a", "' or", "' and 1", "' union", '\'"', "'(", "',"],
    ],
    [
      "select * from users where (name = '{v}') and active = 1",
      'a',
      ["'", "')", "a'b", "''')'", "' or 1", "'\"'", "'--x"],
    ],
    [
      'select * from users where id = {v}',
      '7',
      ["'", '"', '7"', "7'", '7)', '(7', '7 or', '7 and', '7,', '7 union', '7 =', '=7', ')', '7;x', '7 8 9'],
    ],
    ['select * from posts order by {v}', 'id', ["'", '"', 'id,', 'id)', '(id', 'id desc asc', "id'", ',']],
  ];
  for (const dialect of dialectsOf('pms')) {
    for (const [text, plain, values] of sites) {
      for (const value of values) {
        yield {
          dialect,
          text: fill(text, value),
          twin: fill(text, plain),
          inputs: [value],
          note: 'a probe: syntax error on purpose',
          // One sign, or quotes that are doubled by chance, may stand within a token.
          ...(value.length === 1 || value.startsWith("''") ? { debatable: true as const } : {}),
        };
      }
    }
  }
}

/** Comments, spellings, known holes of libraries, objects and probes. */
export function specialAttacks(): ProvenCase[] {
  return [
    ...numberCases('in-comment', true, placeDrafts(comments, "a value ends the developer's comment")),
    ...numberCases('spelling', true, placeDrafts(spelling, 'unusual spelling, white space or no space')),
    ...numberCases(
      'libinjection',
      true,
      placeDrafts(
        libinjection,
        'reported to pass libinjection',
        'libinjection issues 26, 109, 125, 130, 135',
      ),
    ),
    ...numberCases('knex', true, placeDrafts(knex, 'a column or operator of a query builder')),
    ...numberCases(
      'drizzle',
      true,
      placeDrafts(drizzle, 'an alias or name whose quotes are not doubled', 'CVE-2026-39356'),
    ),
    ...numberCases('sequelize', true, transposed()),
    ...numberCases('kysely', true, placeDrafts(kysely, 'a key of a JSON path', 'CVE-2026-44635')),
    ...numberCases('object', true, bound()),
    ...numberCases('probe', true, probes()),
  ];
}
