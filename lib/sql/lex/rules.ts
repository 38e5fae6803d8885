import type { DialectName } from './dialect-name.ts';
import type { TokenStyle } from './token.ts';

/** How a text in quotes is read. */
export interface QuoteRule {
  readonly kind: 'literal' | 'name';
  readonly style: TokenStyle;
  readonly close: string;
  /** The closing character twice is the character. */
  readonly doubled: boolean;
  /** A backslash takes the character behind it along. */
  readonly backslash: boolean;
}

/** What differs between the databases, and between the modes of one server. */
export interface LexRules {
  readonly dialect: DialectName;
  /** White space beside the space, as one string. */
  readonly space: string;
  /** A word starts with a letter, `_` or anything that is not ASCII. Here also with a digit or `$`. */
  readonly looseWords: boolean;
  /** By the opening character. */
  readonly quotes: ReadonlyMap<string, QuoteRule>;
  /** By the word in front of the opening character, in lower case, and the character. */
  readonly prefixes: ReadonlyMap<string, QuoteRule>;
  /** Right behind one of these a word is a name, and the prefix of nothing. */
  readonly namesBehind: string;
  /** A literal in `'` behind another one and a line break is more of the same. */
  readonly continues: boolean;
  /** Sticky, as the next two. */
  readonly number: RegExp;
  readonly placeholder: RegExp | undefined;
  readonly dollarTag: RegExp | undefined;
  /** What ends a line comment. */
  readonly lineEnds: string;
  readonly hashComments: boolean;
  /** `--` opens a comment only in front of white space, a control character or the end. */
  readonly dashesNeedSpace: boolean;
  readonly nestedComments: boolean;
  /** Comments that open with `/*!` or `/*M!` are run. */
  readonly executableComments: boolean;
}

/** The modes of a MySQL or MariaDB server (`sql_mode`) that decide where a token ends. */
export interface ServerModes {
  readonly noBackslashEscapes?: boolean;
  readonly ansiQuotes?: boolean;
}

const single: QuoteRule = literal('single', "'");
/** Its content is digits alone, and nothing is doubled. */
const digits: QuoteRule = { ...single, doubled: false };
const doubleName: QuoteRule = { ...literal('double', '"'), kind: 'name' };
const backtick: QuoteRule = { ...literal('backtick', '`'), kind: 'name' };

/** As PostgreSQL's scan.l reads with standard_conforming_strings on, as it is unless someone turned it off. */
const postgres: LexRules = Object.freeze<LexRules>({
  dialect: 'postgres',
  space: '\t\n\v\f\r',
  looseWords: false,
  quotes: new Map([
    ["'", single],
    ['"', doubleName],
  ]),
  prefixes: new Map([
    ["e'", { ...single, style: 'escape', backslash: true }],
    ["b'", digits],
    ["x'", digits],
    ["u&'", single],
    ['u&"', doubleName],
  ]),
  namesBehind: '',
  continues: true,
  // Versions before 16 read `0x1F` and `1_000` as a number and a word, which ends at the same place.
  number:
    /0[xX](?:_?[0-9a-fA-F])+(?![\w$\u0080-\uffff])|\d+(?:_\d+)+(?![\w$\u0080-\uffff])|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y,
  placeholder: /\$\d+/y,
  dollarTag: /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y,
  lineEnds: '\n\r',
  hashComments: false,
  dashesNeedSpace: false,
  nestedComments: true,
  executableComments: false,
});

/** As tokenize.c of SQLite. */
const sqlite: LexRules = Object.freeze<LexRules>({
  dialect: 'sqlite',
  space: '\t\n\f\r\ufeff',
  looseWords: false,
  quotes: new Map([
    ["'", single],
    ['"', doubleName],
    ['`', backtick],
    ['[', { kind: 'name', style: 'bracket', close: ']', doubled: false, backslash: false }],
  ]),
  prefixes: new Map([["x'", digits]]),
  namesBehind: '',
  continues: false,
  number: /(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?[\w$\u0080-\uffff]*/y,
  // Builds with Tcl's variables read `$a::b(any text)` as one. Read as several, it is never less than it is.
  placeholder: /\?\d*|[$@:#][\w$\u0080-\uffff]+/y,
  dollarTag: undefined,
  lineEnds: '\n',
  hashComments: false,
  dashesNeedSpace: false,
  nestedComments: false,
  executableComments: false,
});

/** As sql_lex.cc of MySQL and MariaDB. Prefixes such as `n'` and `_utf8mb4'` are words: they change no literal's end. */
function mysql(noBackslashEscapes: boolean, ansiQuotes: boolean): LexRules {
  const backslash = !noBackslashEscapes;
  return Object.freeze<LexRules>({
    dialect: 'mysql',
    space: '\t\n\v\f\r',
    looseWords: true,
    quotes: new Map([
      ["'", { ...single, backslash }],
      ['"', ansiQuotes ? doubleName : { ...literal('double', '"'), backslash }],
      ['`', backtick],
    ]),
    prefixes: new Map([
      ["x'", { ...digits, backslash }],
      ["b'", { ...digits, backslash }],
    ]),
    namesBehind: '.@',
    continues: false,
    // Without a point or an exponent it is read as a word first, since `2nd` and `0x2` are words.
    number: /(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]\d+/y,
    placeholder: /\?/y,
    dollarTag: undefined,
    lineEnds: '\n',
    hashComments: true,
    dashesNeedSpace: true,
    nestedComments: false,
    executableComments: true,
  });
}

const mysqlByModes: readonly LexRules[] = [
  mysql(false, false),
  mysql(true, false),
  mysql(false, true),
  mysql(true, true),
];

/** The rules of a dialect; for MySQL and MariaDB of a server in these modes, which are both off by default. */
export function rulesFor(dialect: DialectName, modes: ServerModes = {}): LexRules {
  if (dialect === 'postgres') return postgres;
  if (dialect === 'sqlite') return sqlite;
  const index = (modes.noBackslashEscapes ? 1 : 0) + (modes.ansiQuotes ? 2 : 0);
  return mysqlByModes[index] as LexRules;
}

function literal(style: TokenStyle, close: string): QuoteRule {
  return { kind: 'literal', style, close, doubled: true, backslash: false };
}
