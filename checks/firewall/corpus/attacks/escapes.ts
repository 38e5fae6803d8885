import { fill } from '../fill.ts';
import type { Draft, ProvenCase } from '../firewall-case.ts';
import { numberCases } from '../number-cases.ts';
import { quoteTricks } from './quote-tricks.ts';
import { dialectsOf, type In, placeDrafts } from './rows.ts';

/** An escape function that does not fit the dialect or the place, the text, a harmless value and attacks. */
type EscapeRow = readonly [
  dialects: In,
  note: string,
  rewrite: (value: string) => string,
  text: string,
  values: readonly string[],
];

const double = (value: string): string => value.replaceAll("'", "''");
const slashes = (value: string): string => value.replace(/['"\\]/g, (char) => `\\${char}`);
const slashQuote = (value: string): string => value.replaceAll("'", "\\'");
const swallowing = (value: string): string => value.replaceAll("'", '');

const lookup = "select * from users where name = '{v}'";
const paired = "select * from users where name = '{v}' and active = 1";

const escapes: readonly EscapeRow[] = [
  [
    'm',
    'quotes doubled, backslashes not',
    double,
    lookup,
    [
      "\\' or 1=1 -- ",
      "\\' union select user(), 2 -- ",
      "\\' or 1=1#",
      "\\' or sleep(5) -- -",
      "x\\' or name like 0x25 -- ",
      "\\\\\\' or 1=1 -- ",
      "\\' or exists(select 1 from users)#",
      "\\'||1=1#",
      "\\' limit 1 -- ",
      "\\'; drop table users -- ",
    ],
  ],
  [
    'm',
    'quotes doubled, backslashes not',
    double,
    paired,
    ["\\' or 1=1 -- ", "admin\\'#", "admin\\' -- ", "\\' and 0 union select 1, 2 -- ", "\\'or(1)#"],
  ],
  [
    'ps',
    'a backslash before quotes, which the dialect does not know',
    slashes,
    lookup,
    [
      "' or 1=1 -- ",
      "' or 1=1--",
      "' union select 1, 2 -- ",
      "'; drop table users -- ",
      "' or name like name -- ",
      "' and 1=0 -- ",
      "'||(select 1) -- ",
    ],
  ],
  [
    'ps',
    'a backslash before quotes, which the dialect does not know',
    slashes,
    paired,
    ["admin' -- ", "' or true -- ", "' or exists(select 1 from users) -- ", "admin'--"],
  ],
  [
    'ps',
    'a backslash before single quotes',
    slashQuote,
    "select * from items where (tag = '{v}') limit 5",
    ["') or 1=1 -- ", "') union select 1, 2 -- ", "'); delete from items -- "],
  ],
  [
    'p',
    "quotes doubled in E'', backslashes not",
    double,
    "select * from users where name = E'{v}'",
    [
      "\\' or 1=1 -- ",
      "\\' union select 1, 2 --",
      "\\'; drop table users --",
      "a\\' or pg_sleep(5) is null --",
      "\\\\\\' or true --",
      "\\'||(select 1)::text --",
    ],
  ],
  [
    'm',
    'single quotes escaped in a double-quoted literal',
    double,
    'select * from users where name = "{v}"',
    [
      '" or 1=1 -- ',
      '" or ""="',
      '" union select 1, 2 -- ',
      'admin" -- ',
      '" or 1=1#',
      '"; drop table users -- ',
      '"||"1',
      '" or "a"="a',
    ],
  ],
  [
    'pms',
    'quotes doubled where there are none',
    double,
    'select * from users where id = {v}',
    [
      '1 or 1=1',
      '0 union select name, password from users',
      '1 and (select count(*) from users) > 0',
      '1; drop table users',
      '1 or name is not null',
      '1 or id in (select id from users)',
      '(select 7)',
    ],
  ],
  [
    'm',
    'backslashes before quotes where there are none',
    slashes,
    'select * from users where id = {v}',
    [
      '1 or 1=1',
      '1 or sleep(5)',
      '0 union select 1, 0x61',
      '1 or name = 0x61646d696e',
      '1 or name = char(97)',
      '1-sleep(5)',
      '1|1',
      '1 || 1',
    ],
  ],
  [
    'p',
    'quotes doubled where there are none',
    double,
    'select * from users where id = {v}',
    [
      '1 or name = $$admin$$',
      '1 or name = chr(97)',
      '1 or name = $x$admin$x$',
      '1::int',
      '1 or 1=1--',
      '1 or name ~ $$^a$$',
      '1;select pg_sleep(5)',
    ],
  ],
  [
    'p',
    'quotes doubled in a dollar-quoted literal',
    double,
    'select * from users where name = $$\x7bv}$$',
    [
      '$$ or 1=1 --',
      '$$ or $$a$$=$$a',
      'x$$ union select 1, 2 --',
      '$$||(select 1)||$$',
      '$$; drop table users --',
      '$$ or true or $$',
    ],
  ],
  [
    'p',
    'quotes doubled in a tagged dollar-quoted literal',
    double,
    'select * from users where name = $q$\x7bv}$q$',
    ['$q$ or 1=1 --', '$q$ or $q$a$q$=$q$a', '$q$ union select 1 --', '$q$;drop table users --'],
  ],
  [
    'pms',
    'quotes taken out of one value only where no quotes are',
    swallowing,
    'select * from users where id = {v}',
    ["1 or 'a'=1", "1 or 1='1'", "'1' or 1=1"],
  ],
  [
    'm',
    'double quotes escaped in a backtick name',
    double,
    'select `{v}` from users',
    ['a` from users -- ', 'a`, `password', 'a`+(select 1)+`b', 'a` from users union select `b'],
  ],
  [
    'ps',
    'single quotes escaped in a double-quoted name',
    double,
    'select "{v}" from users',
    [
      'a" from users -- ',
      'a", "password',
      'a" || (select 1) || "b',
      'a" from users union select "b',
      'a"; drop table users; select "b',
    ],
  ],
];

const byMode: readonly {
  readonly text: string;
  readonly values: readonly string[];
  readonly rewrite: (value: string) => string;
}[] = [
  {
    text: lookup,
    rewrite: slashes,
    values: ["' or 1=1 -- ", "' union select 1, 2 -- ", "' or 1=1#", "admin' -- ", "'; drop table users -- "],
  },
  { text: paired, rewrite: slashes, values: ["' or 1=1 -- ", "admin'#", "' or true -- "] },
];

function* wrongEscapes(): Generator<Draft> {
  for (const [letters, note, rewrite, text, values] of escapes) {
    for (const dialect of dialectsOf(letters)) {
      for (const value of values) {
        const plain = /[=] \{v\}|in \(\{v\}/.test(text) ? '7' : 'alice';
        yield { dialect, text: fill(text, rewrite(value)), twin: fill(text, plain), inputs: [value], note };
      }
    }
  }
}

function* noBackslash(): Generator<Draft> {
  for (const { text, rewrite, values } of byMode) {
    for (const value of values) {
      yield {
        dialect: 'mysql',
        text: fill(text, rewrite(value)),
        twin: fill(text, 'alice'),
        inputs: [value],
        note: 'a backslash before quotes while the server has NO_BACKSLASH_ESCAPES, which the text does not show',
        noBackslash: true,
        debatable: true,
      };
    }
  }
}

/** Escapes that are missing, wrong for the dialect, or wrong for the place. */
export function escapeAttacks(): ProvenCase[] {
  return [
    ...numberCases('wrong-escape', true, wrongEscapes()),
    ...numberCases('no-backslash-escapes', true, noBackslash()),
    ...numberCases(
      'quote-trick',
      true,
      placeDrafts(quoteTricks, 'quotes and backslashes that end a literal in an unusual way'),
    ),
  ];
}
